package ai.exaone.standalone;

import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.ServiceProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Services in this process, each in a context of its own, calling one another in-process. */
public final class PlatformApplication {
    private PlatformApplication() {}

    /**
     * Runs until the process is asked to end. Settings are the services' own, from {@code EXAONE_*} variables.
     *
     * @param arguments the services to run by their wire names; all if there are none
     */
    public static void main(String[] arguments) {
        ServiceProcess.run(platform -> start(platform, named(arguments)));
    }

    private static Set<ServiceName> named(String[] arguments) {
        return Arrays.stream(ServiceName.values())
                .filter(service ->
                        arguments.length == 0 || Arrays.asList(arguments).contains(service.wireName()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ServiceName.class)));
    }

    /** The gateway comes last: it takes calls only when all that it asks are there. The others find one another as they come. */
    private static void start(ServiceProcess platform, Set<ServiceName> services) {
        try (ExecutorService starters = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("start-", 1).factory())) {
            List<CompletableFuture<Void>> starting = new ArrayList<>();
            for (ServiceName service : services) {
                if (service != ServiceName.GATEWAY) {
                    starting.add(CompletableFuture.runAsync(() -> platform.start(service), starters));
                }
            }
            CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
        if (services.contains(ServiceName.GATEWAY)) {
            platform.start(ServiceName.GATEWAY);
        }
    }
}
