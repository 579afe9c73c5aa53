package ai.exaone.standalone;

import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;
import io.micronaut.context.ApplicationContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All five services in this process, each in a context of its own, calling one another in-process. */
public final class PlatformApplication {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformApplication.class);

    private PlatformApplication() {}

    /** Runs until the process is asked to end. Settings are the services' own, from {@code EXAONE_*} variables. */
    public static void main(String[] arguments) throws InterruptedException {
        Deque<ApplicationContext> running = new ArrayDeque<>();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop(running);
                            stopped.countDown();
                        },
                        "shutdown"));
        try {
            for (ServiceName service : ServiceName.values()) {
                ApplicationContext context = ServiceLauncher.start(service, Map.of());
                synchronized (running) {
                    running.push(context);
                }
            }
        } catch (RuntimeException failure) {
            LOG.error("The platform cannot start", failure);
            System.exit(1);
        }
        stopped.await();
    }

    /** The last started ends first: the gateway takes no more calls before the services that it asks end. */
    private static void stop(Deque<ApplicationContext> running) {
        synchronized (running) {
            while (!running.isEmpty()) {
                running.pop().close();
            }
        }
    }
}
