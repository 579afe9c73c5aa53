package ai.exaone.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.membership.Joining;
import ai.exaone.identity.membership.Role;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.SignedInAccount;
import ai.exaone.identity.token.SignedTokens;
import ai.exaone.identity.token.SigningKeys;
import ai.exaone.proto.identity.v1.ApiKey;
import ai.exaone.proto.identity.v1.ApiKeyServiceGrpc;
import ai.exaone.proto.identity.v1.CreateApiKeyRequest;
import ai.exaone.proto.identity.v1.CreateApiKeyResponse;
import ai.exaone.proto.identity.v1.CreateProjectRequest;
import ai.exaone.proto.identity.v1.CreateTenantRequest;
import ai.exaone.proto.identity.v1.Project;
import ai.exaone.proto.identity.v1.ProjectServiceGrpc;
import ai.exaone.proto.identity.v1.Tenant;
import ai.exaone.proto.identity.v1.TenantServiceGrpc;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcConfig;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.token.TokenVerifier;
import ai.exaone.testing.TestDatabase;
import ai.exaone.testing.TestKeycloak;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The whole service as production wires it, on a real database, reached over gRPC. Closed by whoever started it. */
public final class RunningIdentity implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final TestDatabase database;
    private final ApplicationContext context;
    private final RpcConfig rpc;
    private final RpcChannels gateway;
    private final RpcChannels agents;

    private RunningIdentity(TestDatabase database, ApplicationContext context, RpcConfig rpc) {
        this.database = database;
        this.context = context;
        this.rpc = rpc;
        this.gateway = new RpcChannels(ServiceName.GATEWAY, rpc);
        this.agents = new RpcChannels(ServiceName.AGENTS, rpc);
    }

    /** Identity beside a Keycloak that is not there. */
    public static RunningIdentity withoutKeycloak() {
        return withSettings(Map.of());
    }

    /** Identity beside a Keycloak that is not there, with further settings. */
    public static RunningIdentity withSettings(Map<String, Object> more) {
        return start("http://127.0.0.1:9/auth", "identity", "console", more);
    }

    /** Identity beside the tests' Keycloak. */
    public static RunningIdentity withKeycloak() {
        return start(
                TestKeycloak.shared().internalUrl().toString(),
                TestKeycloak.IDENTITY_SECRET,
                TestKeycloak.CONSOLE_SECRET,
                Map.of("exaone.keycloak.bearer-clients", List.of("exaone-cli", "exaone-installation", "exaone-test")));
    }

    private static RunningIdentity start(
            String keycloak, String identitySecret, String consoleSecret, Map<String, Object> more) {
        try {
            var database = TestDatabase.create("identity");
            Path folder = Files.createTempDirectory("exaone-identity-test");
            write(folder, "master.key", random32());
            write(folder, "key-pepper", random32());
            String prefix = "identity-test-" + NUMBERS.incrementAndGet();
            var settings = new HashMap<String, Object>(Map.of(
                    "exaone.public-url", "http://127.0.0.1:8080",
                    "exaone.secrets-dir", folder.toString(),
                    "exaone.database.identity.url", database.config().url(),
                    "exaone.database.identity.user", database.config().user(),
                    "exaone.database.identity.password-file",
                            write(folder, "database", database.config().password()),
                    "exaone.keycloak.internal-url", keycloak,
                    "exaone.keycloak.identity-client-secret-file", write(folder, "identity", identitySecret),
                    "exaone.keycloak.console-client-secret-file", write(folder, "console", consoleSecret),
                    "exaone.rpc.in-process-prefix", prefix));
            settings.putAll(more);
            var rpc = new RpcConfig("in-process", prefix, 0, "127.0.0.1", null, Map.of());
            return new RunningIdentity(database, ServiceLauncher.start(ServiceName.IDENTITY, settings), rpc);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A channel of the service gateway, with nobody's token. */
    public Channel asGateway() {
        return gateway.to(ServiceName.IDENTITY);
    }

    /** A channel of the service agents, with nobody's token. */
    public Channel asAgents() {
        return agents.to(ServiceName.IDENTITY);
    }

    /** A channel of another service, with nobody's token. */
    public Channel as(ServiceName service) {
        return new RpcChannels(service, rpc).to(ServiceName.IDENTITY);
    }

    /** A channel of the gateway with an internal token that identity gave out. */
    public Channel withToken(String token) {
        return RpcChannels.asCaller(asGateway(), token);
    }

    /** A channel of the gateway for a made-up caller. */
    public Channel as(Principal principal) {
        return withToken(SignedTokens.of(context.getBean(SigningKeys.class), principal));
    }

    /** A platform admin who acts in a tenant, or in none. */
    public Channel asPlatformAdmin(Optional<String> tenantId) {
        var permissions = new TreeSet<>(Role.PLATFORM_ADMIN);
        if (tenantId.isPresent()) {
            permissions.addAll(Role.TENANT_ADMIN.permissions());
        }
        return as(Principal.user(platformAdmin().id().value(), "Platform Admin", tenantId, permissions));
    }

    public Channel asMember(Person person, Role role, String tenantId) {
        return as(Principal.user(person.id().value(), person.shownName(), Optional.of(tenantId), role.permissions()));
    }

    /** The one platform admin of this installation, as if signed in. */
    public Person platformAdmin() {
        return signIn(new SignedInAccount(
                "00000000-0000-4000-8000-000000000001",
                Person.Kind.HUMAN,
                "admin@example.com",
                "Platform Admin",
                true));
    }

    /** Somebody new, as if signed in. */
    public Person someone(String email) {
        return signIn(new SignedInAccount(UUID.randomUUID().toString(), Person.Kind.HUMAN, email, email, false));
    }

    public Person signIn(SignedInAccount account) {
        return context.getBean(IdentityStores.class).people().signedIn(account);
    }

    public void join(TenantId tenantId, Person person, Role role) {
        Joining.join(context.getBean(IdentityStores.class), tenantId, person, role);
    }

    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    public TestDatabase database() {
        return database;
    }

    /** What a token says. */
    public Principal verify(String token) {
        return context.getBean(TokenVerifier.class).verify(token);
    }

    /** A new tenant with a project, made by the platform admin. */
    public Place newPlace() {
        String tenantId = TenantServiceGrpc.newBlockingStub(asPlatformAdmin(Optional.empty()))
                .createTenant(CreateTenantRequest.newBuilder()
                        .setTenant(Tenant.newBuilder()
                                .setName("t" + UUID.randomUUID())
                                .setDisplayName("Tenant"))
                        .build())
                .getTenant()
                .getTenantId();
        Channel admin = asPlatformAdmin(Optional.of(tenantId));
        return new Place(tenantId, newProject(admin, tenantId, "shop"), admin);
    }

    public static String newProject(Channel admin, String tenantId, String name) {
        return ProjectServiceGrpc.newBlockingStub(admin)
                .createProject(CreateProjectRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setProject(Project.newBuilder().setName(name))
                        .build())
                .getProject()
                .getProjectId();
    }

    /** A tenant and a project of it, with a channel of an admin there. */
    public record Place(String tenantId, String projectId, Channel admin) {
        public CreateApiKeyResponse newKey(ApiKey key) {
            return ApiKeyServiceGrpc.newBlockingStub(admin)
                    .createApiKey(CreateApiKeyRequest.newBuilder()
                            .setTenantId(tenantId)
                            .setProjectId(projectId)
                            .setApiKey(key)
                            .build());
        }
    }

    @Override
    public void close() {
        gateway.close();
        agents.close();
        context.close();
        database.close();
    }

    private static String write(Path folder, String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static String random32() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Checks that a call is refused for that reason. */
    public static void assertRefused(String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(StatusRuntimeException.class)
                .satisfies(failure ->
                        assertThat(RpcErrors.received(failure).reason().name()).isEqualTo(reason));
    }
}
