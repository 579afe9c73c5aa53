package ai.exaone.rpc;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.EmbeddedApplication;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a service: in a process of its own, or beside others in one. */
public final class ServiceLauncher {
    /** The property that says which service a context is. */
    public static final String SERVICE_PROPERTY = "exaone.service";

    private static final Logger LOG = LoggerFactory.getLogger(ServiceLauncher.class);

    private ServiceLauncher() {}

    /**
     * Starts a service in this JVM. Its settings are, in order, these properties, system properties, {@code EXAONE_*}
     * variables and {@code application-NAME.yml}.
     *
     * @param properties settings that win over all others
     * @return the running service; closing it stops the service
     */
    public static ApplicationContext start(ServiceName service, Map<String, Object> properties) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(SERVICE_PROPERTY, service.wireName());
        settings.put("micronaut.application.name", "exaone-" + service.wireName());
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .environments(service.wireName())
                .properties(settings)
                .banner(false)
                .start();
        if (service == ServiceName.GATEWAY) {
            context.findBean(EmbeddedApplication.class).ifPresent(EmbeddedApplication::start);
        }
        LOG.info("{} is up", service.wireName());
        return context;
    }

    /** Runs a service as this process until the process is asked to end. */
    public static void run(ServiceName service) {
        ApplicationContext context = start(service, Map.of());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            context.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        try {
            stopped.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
