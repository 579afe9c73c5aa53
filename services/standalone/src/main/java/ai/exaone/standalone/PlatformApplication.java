package ai.exaone.standalone;

import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;
import io.micronaut.context.ApplicationContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All five services in this process, each in a context of its own, calling one another in-process. */
public final class PlatformApplication {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformApplication.class);

    private final Deque<ApplicationContext> running = new ArrayDeque<>();

    private PlatformApplication() {}

    /** Runs until the process is asked to end. Settings are the services' own, from {@code EXAONE_*} variables. */
    public static void main(String[] arguments) throws InterruptedException {
        PlatformApplication platform = new PlatformApplication();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            platform.stop();
                            stopped.countDown();
                        },
                        "shutdown"));
        try {
            platform.start();
        } catch (RuntimeException failure) {
            LOG.error("The platform cannot start", failure);
            System.exit(1);
        }
        stopped.await();
    }

    /** The gateway comes last: it takes calls only when all that it asks are there. The others find one another as they come. */
    private void start() {
        try (ExecutorService starters = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("start-", 1).factory())) {
            List<CompletableFuture<Void>> starting = new ArrayList<>();
            for (ServiceName service : ServiceName.values()) {
                if (service != ServiceName.GATEWAY) {
                    starting.add(CompletableFuture.runAsync(() -> start(service), starters));
                }
            }
            CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
        start(ServiceName.GATEWAY);
    }

    private void start(ServiceName service) {
        ApplicationContext context = ServiceLauncher.start(service, Map.of());
        synchronized (running) {
            running.push(context);
        }
    }

    /** The last started ends first: the gateway takes no more calls before the services that it asks end. */
    private void stop() {
        synchronized (running) {
            while (!running.isEmpty()) {
                running.pop().close();
            }
        }
    }
}
