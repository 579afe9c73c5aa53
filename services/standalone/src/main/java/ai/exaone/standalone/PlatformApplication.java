package ai.exaone.standalone;

import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.ServiceProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** All five services in this process, each in a context of its own, calling one another in-process. */
public final class PlatformApplication {
    private PlatformApplication() {}

    /** Runs until the process is asked to end. Settings are the services' own, from {@code EXAONE_*} variables. */
    public static void main(String[] arguments) {
        ServiceProcess.run(PlatformApplication::start);
    }

    /** The gateway comes last: it takes calls only when all that it asks are there. The others find one another as they come. */
    private static void start(ServiceProcess platform) {
        try (ExecutorService starters = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("start-", 1).factory())) {
            List<CompletableFuture<Void>> starting = new ArrayList<>();
            for (ServiceName service : ServiceName.values()) {
                if (service != ServiceName.GATEWAY) {
                    starting.add(CompletableFuture.runAsync(() -> platform.start(service), starters));
                }
            }
            CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
        platform.start(ServiceName.GATEWAY);
    }
}
