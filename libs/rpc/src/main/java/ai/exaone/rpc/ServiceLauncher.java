package ai.exaone.rpc;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.EmbeddedApplication;
import java.util.HashMap;
import java.util.Map;
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
     * @return the running service; closing it stops the service. A service that cannot start leaves nothing behind
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
                .build();
        try {
            context.start();
            if (service == ServiceName.GATEWAY) {
                context.findBean(EmbeddedApplication.class).ifPresent(EmbeddedApplication::start);
            }
        } catch (RuntimeException failure) {
            closeStarted(service, context);
            throw failure;
        }
        LOG.info("{} is up", service.wireName());
        return context;
    }

    /** Runs a service as this process until the process is asked to end. */
    public static void run(ServiceName service) {
        ServiceProcess.run(process -> process.start(service));
    }

    /** Ends the parts that had started, as closing the running service would. */
    private static void closeStarted(ServiceName service, ApplicationContext context) {
        // Parts end in peace although their start was interrupted.
        boolean interrupted = Thread.interrupted();
        try {
            if (!context.isRunning()) {
                // A context that failed to start ends nothing when it is closed. Started again, it makes no part but
                // counts as running.
                context.start();
            }
            context.close();
        } catch (RuntimeException failure) {
            LOG.warn("Not every part of {} ended well after its start had failed", service.wireName(), failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
