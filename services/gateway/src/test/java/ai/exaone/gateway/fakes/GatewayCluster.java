package ai.exaone.gateway.fakes;

import ai.exaone.gateway.admission.slice.SliceAdmission;
import ai.exaone.gateway.auth.Principals;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** A real gateway among small working services. */
public final class GatewayCluster implements AutoCloseable {
    static {
        Leaks.watch();
    }

    private final String prefix = "test-" + UUID.randomUUID();
    private final Path spool;
    private final List<Server> servers = new ArrayList<>();
    public final InMemoryIdentity identity = new InMemoryIdentity();
    public final InMemoryQuota quota = new InMemoryQuota();
    public final InMemoryServing serving = new InMemoryServing();
    public final ScriptedAgents agents = new ScriptedAgents();
    private ApplicationContext gateway;

    private GatewayCluster(Path spool, Map<String, Object> settings, boolean keepsBooks) {
        this.spool = spool;
        serve(ServiceName.IDENTITY, identity, identity.watches());
        ForgetfulQuota forgetful = new ForgetfulQuota();
        serve(
                ServiceName.QUOTA,
                keepsBooks ? quota.admission() : forgetful.new Admission(),
                keepsBooks ? quota.ledgerService() : forgetful.new Ledger(),
                quota.slices(),
                quota.watches());
        serve(ServiceName.SERVING, serving.watches());
        serve(ServiceName.AGENTS, agents);
        this.gateway = launch(settings);
    }

    /**
     * Starts all.
     *
     * @param spool directory of the gateway's usage spool
     */
    public static GatewayCluster start(Path spool) {
        return start(spool, Map.of());
    }

    /** Starts all, with settings of the gateway. */
    public static GatewayCluster start(Path spool, Map<String, Object> settings) {
        return new GatewayCluster(spool, settings, true);
    }

    /** Starts all for a long run: quota keeps no books. */
    public static GatewayCluster startForLong(Path spool, Map<String, Object> settings) {
        return new GatewayCluster(spool, settings, false);
    }

    /** The gateway's address. */
    public URI url() {
        return gateway.getBean(EmbeddedServer.class).getURI();
    }

    /** A channel to the gateway's own door. */
    public Channel channel() {
        return gateway.getBean(RpcChannels.class).to(ServiceName.GATEWAY);
    }

    /** A part of the gateway. */
    public <T> T part(Class<T> type) {
        return gateway.getBean(type);
    }

    /** Stops the gateway and starts it again on the same spool. */
    public void restartGateway() {
        restartGateway(Map.of());
    }

    /** The same with other settings. */
    public void restartGateway(Map<String, Object> settings) {
        gateway.close();
        gateway = launch(settings);
    }

    @Override
    public void close() {
        gateway.close();
        servers.forEach(Server::shutdownNow);
    }

    private ApplicationContext launch(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "exaone.rpc.in-process-prefix",
                prefix,
                "exaone.spool-dir",
                spool.toString(),
                "exaone.secrets-dir",
                TestSecrets.folder().toString(),
                "exaone.bind",
                "127.0.0.1",
                "exaone.port",
                -1,
                // It starts often, and nobody minds the first call.
                "exaone.gateway.start.warm-up",
                "0s"));
        settings.putAll(more);
        ApplicationContext launched = ServiceLauncher.start(ServiceName.GATEWAY, settings);
        Awaitility.await()
                .until(() -> launched.getBean(Principals.class).ready()
                        && launched.getBean(SliceAdmission.class).ready());
        return launched;
    }

    private void serve(ServiceName name, BindableService... services) {
        InProcessServerBuilder builder = InProcessServerBuilder.forName(prefix + "." + name.wireName())
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        for (BindableService service : services) {
            builder.addService(service);
        }
        try {
            servers.add(builder.build().start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
