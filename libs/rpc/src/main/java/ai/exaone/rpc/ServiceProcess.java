package ai.exaone.rpc;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of this process, from its start until it is asked to end. Asked while services are still starting, it lets none
 * start further and ends those that did. Thread-safe.
 */
public final class ServiceProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Deque<ApplicationContext> running = new ArrayDeque<>();
    private final Set<Thread> starting = new HashSet<>();
    private boolean stopping;

    private ServiceProcess() {}

    /**
     * Runs services as this process until it is asked to end. When they cannot start, the process ends with exit code 1.
     *
     * @param starter calls {@link #start} for each service, from one thread or several
     */
    public static void run(Consumer<ServiceProcess> starter) {
        var process = new ServiceProcess();
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            process.stop();
                            stopped.countDown();
                        },
                        "shutdown"));
        try {
            starter.accept(process);
        } catch (RuntimeException failure) {
            process.endAfter(failure);
        }
        try {
            stopped.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts a service, with the settings that the process has.
     *
     * @throws IllegalStateException when the process is asked to end
     */
    public void start(ServiceName service) {
        begin();
        try {
            ApplicationContext context = ServiceLauncher.start(service, Map.of());
            synchronized (this) {
                running.push(context);
            }
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        if (stopping) {
            throw new IllegalStateException("The process is about to end");
        }
        starting.add(Thread.currentThread());
    }

    private synchronized void end() {
        starting.remove(Thread.currentThread());
        notifyAll();
    }

    private void endAfter(RuntimeException failure) {
        synchronized (this) {
            if (stopping) {
                LOG.info("The process was asked to end while it started");
                return;
            }
        }
        LOG.error("The process cannot start: {}", reason(failure), failure);
        System.exit(1);
    }

    /** What began it: the frameworks in between tell where they were, not what is wrong. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** The last started ends first: the gateway takes no more calls before the services that it asks end. */
    private synchronized void stop() {
        stopping = true;
        starting.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
        try {
            while (!starting.isEmpty() && System.nanoTime() < deadline) {
                wait(Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
            }
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
        if (!starting.isEmpty()) {
            LOG.warn("A service is still starting and ends with the process");
        }
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }
}
