package ai.exaone.gateway.management;

import ai.exaone.gateway.fakes.Leaks;
import ai.exaone.gateway.fakes.TestSecrets;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcConfig;
import ai.exaone.rpc.RpcServer;
import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.interceptor.RpcServerInterceptors;
import ai.exaone.rpc.token.TokenVerifier;
import io.grpc.BindableService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A real gateway before scripted services, which stand behind the interceptors that every service has. */
public final class ManagementCluster implements AutoCloseable {
    public static final String PUBLIC_URL = "http://127.0.0.1:8080";
    public static final String TENANT = "tnt_01j9zzzzzzzzzzzzzzzzzzzzzz";
    public static final String PROJECT = "prj_01j9zzzzzzzzzzzzzzzzzzzzzz";
    public static final String SESSION = "session-of-hana";

    public final ScriptedIdentity identity = new ScriptedIdentity();
    public final ScriptedTenants tenants = new ScriptedTenants();
    public final ScriptedRuns runs = new ScriptedRuns();
    private final String prefix = "management-" + UUID.randomUUID();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RpcServer> servers = new ArrayList<>();
    private final ApplicationContext gateway;

    private ManagementCluster(Path folder, Map<String, Object> more) {
        Leaks.watch();
        serve(ServiceName.IDENTITY, identity, identity.sessions(), tenants, new OneProject());
        serve(ServiceName.AGENTS, runs);
        serve(ServiceName.QUOTA, new ScriptedStatements());
        Map<String, Object> settings = new HashMap<>(Map.of(
                "exaone.rpc.in-process-prefix",
                prefix,
                "exaone.spool-dir",
                folder.resolve("spool").toString(),
                "exaone.secrets-dir",
                TestSecrets.folder().toString(),
                "exaone.public-url",
                PUBLIC_URL,
                "exaone.bind",
                "127.0.0.1",
                "exaone.port",
                -1,
                // Nobody has keys, routes and limits here.
                "exaone.gateway.start.patience",
                "0s",
                "exaone.gateway.start.warm-up",
                "0s"));
        settings.putAll(more);
        gateway = ServiceLauncher.start(ServiceName.GATEWAY, settings);
    }

    /** Starts all. */
    public static ManagementCluster start(Path folder, Map<String, Object> settings) {
        return new ManagementCluster(folder, settings);
    }

    /** Lets a session be a person with permissions in {@link #TENANT}. */
    public void signIn(String... permissions) {
        identity.session(
                SESSION,
                tenant -> Principal.user(
                        "usr_01j9zzzzzzzzzzzzzzzzzzzzzz",
                        "Hana",
                        Optional.of(tenant).filter(TENANT::equals),
                        Set.of(permissions)));
    }

    /** Where the gateway listens. */
    public URI url(String path) {
        return URI.create(gateway.getBean(EmbeddedServer.class).getURI() + path);
    }

    public int port() {
        return gateway.getBean(EmbeddedServer.class).getPort();
    }

    /** A request of the signed-in person's own pages. */
    public HttpRequest.Builder asPerson(String path) {
        return HttpRequest.newBuilder(url(path))
                .header("Cookie", "exaone_session=" + SESSION)
                .header("Origin", PUBLIC_URL);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path) throws Exception {
        return send(asPerson(path).GET());
    }

    public HttpResponse<String> send(String method, String path, String json) throws Exception {
        return send(asPerson(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    @Override
    public void close() {
        http.shutdownNow();
        gateway.close();
        servers.forEach(RpcServer::close);
    }

    private void serve(ServiceName name, BindableService... endpoints) {
        RpcConfig config = new RpcConfig("in-process", prefix, 0, "127.0.0.1", null, null);
        TokenVerifier tokens = new TokenVerifier(keyId -> Optional.of(identity.publicKey()), Clock.systemUTC());
        servers.add(RpcServer.start(
                name,
                config,
                List.of(endpoints),
                RpcServerInterceptors.inOrder(tokens, new SimpleMeterRegistry(), session -> Optional.empty())));
    }
}
