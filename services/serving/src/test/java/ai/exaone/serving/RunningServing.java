package ai.exaone.serving;

import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.v1.DeploymentServiceGrpc;
import ai.exaone.proto.serving.v1.DeploymentServiceGrpc.DeploymentServiceBlockingStub;
import ai.exaone.proto.serving.v1.ModelServiceGrpc;
import ai.exaone.proto.serving.v1.ModelServiceGrpc.ModelServiceBlockingStub;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcConfig;
import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.watch.WatchFollower;
import ai.exaone.rpc.watch.WatchListener;
import ai.exaone.testing.TestDatabase;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The whole service as production wires it, beside a stand-in of identity, followed by a gateway. Closed by whoever made it. */
final class RunningServing implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final TestDatabase database = TestDatabase.create("serving");
    private final Path folder;
    private final RpcConfig rpc;
    private final StandInIdentity identity;
    private final RpcChannels gateway;
    /** Replaced as a whole: nobody sees a part of a state. */
    private final AtomicReference<Map<String, Route>> routes = new AtomicReference<>(Map.of());

    private @Nullable ApplicationContext context;
    private @Nullable WatchFollower follower;

    RunningServing() throws IOException {
        folder = Files.createTempDirectory("exaone-serving-test");
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("master.key"), "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=\n");
        Files.writeString(secrets.resolve("database"), database.config().password());
        rpc = new RpcConfig("in-process", "serving-test-" + NUMBERS.incrementAndGet(), 0, "127.0.0.1", null, Map.of());
        identity = new StandInIdentity(rpc);
        gateway = new RpcChannels(ServiceName.GATEWAY, rpc);
    }

    /** The settings of this installation, which launches no engines unless more is said. */
    Map<String, Object> settings(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "exaone.secrets-dir", folder.resolve("secrets").toString(),
                "exaone.run-dir", runDir().toString(),
                "exaone.logs-dir", folder.resolve("logs").toString(),
                "exaone.database.serving.url", database.config().url(),
                "exaone.database.serving.user", database.config().user(),
                "exaone.database.serving.password-file",
                        folder.resolve("secrets/database").toString(),
                "exaone.rpc.in-process-prefix", rpc.inProcessPrefix()));
        settings.putAll(more);
        return settings;
    }

    Path runDir() {
        return folder.resolve("run");
    }

    Path folder() {
        return folder;
    }

    /** Starts the service, and a gateway that follows its routes. */
    RunningServing start(Map<String, ?> more) {
        context = ServiceLauncher.start(ServiceName.SERVING, settings(more));
        routes.set(Map.of());
        follower = WatchFollower.follow(
                gateway.to(ServiceName.SERVING),
                "routes",
                "gateway-1",
                new WatchListener() {
                    @Override
                    public void onState(List<Entry> entries) {
                        Map<String, Route> state = new HashMap<>();
                        entries.forEach(entry -> apply(entry, state));
                        routes.set(Map.copyOf(state));
                    }

                    @Override
                    public void onChange(Entry entry) {
                        Map<String, Route> state = new HashMap<>(routes.get());
                        apply(entry, state);
                        routes.set(Map.copyOf(state));
                    }
                },
                System::nanoTime);
        return this;
    }

    /** Stops the service as the end of its process does. */
    void stop() {
        if (follower != null) {
            follower.close();
            follower = null;
        }
        if (context != null) {
            context.close();
            context = null;
        }
    }

    /** What the gateway knows of a model. */
    Optional<Route> route(String model) {
        return Optional.ofNullable(routes.get().get(model));
    }

    Map<String, Route> routes() {
        return routes.get();
    }

    /** Waits until the gateway knows so many replicas of a model. */
    Route awaitReplicas(String model, int count) {
        return Awaitility.await(count + " replicas of " + model)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> route(model).filter(route -> route.getReplicasCount() == count), Optional::isPresent)
                .orElseThrow();
    }

    private static void apply(Entry entry, Map<String, Route> state) {
        if (entry.getDeleted()) {
            state.remove(entry.getKey());
        } else {
            state.put(entry.getKey(), parsed(entry));
        }
    }

    /** A platform admin's view. */
    DeploymentServiceBlockingStub deployments() {
        return DeploymentServiceGrpc.newBlockingStub(as(admin()));
    }

    /** A platform admin's view. */
    ModelServiceBlockingStub models() {
        return ModelServiceGrpc.newBlockingStub(as(admin()));
    }

    Channel as(Principal principal) {
        return RpcChannels.asCaller(gateway.to(ServiceName.SERVING), identity.token(principal));
    }

    StandInIdentity identity() {
        return identity;
    }

    TestDatabase database() {
        return database;
    }

    private static Principal admin() {
        return Principal.user(
                "usr_admin",
                "Admin",
                Optional.empty(),
                Set.of(
                        "platform.model.read",
                        "platform.model.write",
                        "platform.deployment.read",
                        "platform.deployment.write"));
    }

    private static Route parsed(Entry entry) {
        try {
            return Route.parseFrom(entry.getValue());
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    @Override
    public void close() {
        stop();
        gateway.close();
        identity.close();
        database.close();
    }
}
