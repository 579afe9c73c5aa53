package ai.exaone.quota;

import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcConfig;
import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;
import ai.exaone.store.StoredTime;
import ai.exaone.testing.TestDatabase;
import io.grpc.Channel;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The whole service as it is started, on a real database and with a stubbed identity; called as gateways and callers do. */
final class RunningQuota implements AutoCloseable {
    static final IdGenerator IDS = new IdGenerator(StoredTime.clock(), new SecureRandom());

    final StubIdentity identity;
    private final RpcChannels channels;
    private final RpcChannels agentsChannels;
    private final Map<String, Object> settings;
    private ApplicationContext context;

    RunningQuota(TestDatabase database, Path folder) throws Exception {
        String prefix = UUID.randomUUID().toString();
        var config = new RpcConfig("in-process", prefix, 0, "127.0.0.1", null, null);
        Path password =
                Files.writeString(folder.resolve("password"), database.config().password());
        identity = new StubIdentity(config);
        channels = new RpcChannels(ServiceName.GATEWAY, config);
        agentsChannels = new RpcChannels(ServiceName.AGENTS, config);
        settings = Map.of(
                "exaone.rpc.in-process-prefix", prefix,
                "exaone.database.quota.url", database.config().url(),
                "exaone.database.quota.user", database.config().user(),
                "exaone.database.quota.password-file", password.toString());
        context = ServiceLauncher.start(ServiceName.QUOTA, settings);
    }

    /** A part of the running service. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Does something while quota is down. */
    void whileDown(Runnable work) {
        context.close();
        work.run();
        context = ServiceLauncher.start(ServiceName.QUOTA, settings);
    }

    /** As the gateway, for itself. */
    Channel gateway() {
        return channels.to(ServiceName.QUOTA);
    }

    /** As a service that admits nothing. */
    Channel agents() {
        return agentsChannels.to(ServiceName.QUOTA);
    }

    /** As the gateway, for a person of a tenant. */
    Channel person(String tenantId, String... permissions) {
        return as(Principal.user("usr_1", "Kim", Optional.of(tenantId), Set.of(permissions)));
    }

    /** As the gateway, for an administrator of the installation, who is of no tenant. */
    Channel administrator(String... permissions) {
        return as(Principal.user("usr_2", "Lee", Optional.empty(), Set.of(permissions)));
    }

    /** As the gateway, for a key of a project. */
    Channel key(String tenantId, String projectId, String... permissions) {
        return as(Principal.key(IDS.next("key"), "CI", tenantId, projectId, Set.of(permissions), List.of()));
    }

    private Channel as(Principal principal) {
        return RpcChannels.asCaller(gateway(), identity.token(principal));
    }

    @Override
    public void close() {
        context.close();
        channels.close();
        agentsChannels.close();
        identity.close();
    }
}
