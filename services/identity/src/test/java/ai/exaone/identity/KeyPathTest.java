package ai.exaone.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.identity.membership.Role;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyResponse;
import ai.exaone.proto.identity.internal.v1.KeyPrincipal;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysRequest;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.proto.identity.v1.ApiKey;
import ai.exaone.proto.identity.v1.ApiKeyServiceGrpc;
import ai.exaone.proto.identity.v1.CreateApiKeyRequest;
import ai.exaone.proto.identity.v1.CreateApiKeyResponse;
import ai.exaone.proto.identity.v1.CreateProjectRequest;
import ai.exaone.proto.identity.v1.CreateTenantRequest;
import ai.exaone.proto.identity.v1.DeleteProjectRequest;
import ai.exaone.proto.identity.v1.KeyScope;
import ai.exaone.proto.identity.v1.KeyState;
import ai.exaone.proto.identity.v1.ListApiKeysRequest;
import ai.exaone.proto.identity.v1.Project;
import ai.exaone.proto.identity.v1.ProjectServiceGrpc;
import ai.exaone.proto.identity.v1.ResumeTenantRequest;
import ai.exaone.proto.identity.v1.RevokeApiKeyRequest;
import ai.exaone.proto.identity.v1.SuspendTenantRequest;
import ai.exaone.proto.identity.v1.Tenant;
import ai.exaone.proto.identity.v1.TenantServiceGrpc;
import ai.exaone.proto.identity.v1.UpdateApiKeyRequest;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.rpc.token.Ed25519Keys;
import ai.exaone.rpc.token.TokenVerifier;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a new tenant to a caller's token, and every way in which a key stops being accepted. Over gRPC. */
final class KeyPathTest {
    private static RunningIdentity identity;

    @BeforeAll
    static void start() {
        identity = RunningIdentity.withoutKeycloak();
    }

    @AfterAll
    static void stop() {
        identity.close();
    }

    @Test
    void aKeyIsExchangedForATokenThatEveryServiceCanVerify() {
        var place = Place.create();
        CreateApiKeyResponse created = place.createKey(ApiKey.newBuilder()
                .setDisplayName("checkout")
                .addScopes(KeyScope.KEY_SCOPE_INFERENCE)
                .addScopes(KeyScope.KEY_SCOPE_USAGE)
                .addModels("exaone-4")
                .build());

        ExchangeKeyResponse exchanged = exchange(created.getSecret());

        Principal principal = verify(exchanged.getToken());
        assertThat(principal.kind()).isEqualTo(Principal.Kind.KEY);
        assertThat(principal.subject()).isEqualTo(created.getApiKey().getKeyId());
        assertThat(principal.name()).isEqualTo("checkout");
        assertThat(principal.tenantId()).contains(place.tenantId);
        assertThat(principal.projectId()).contains(place.projectId);
        assertThat(principal.keyId()).contains(created.getApiKey().getKeyId());
        assertThat(principal.permissions()).containsExactlyInAnyOrder("inference.call", "limit.read", "usage.read");
        assertThat(principal.models()).containsExactly("exaone-4");
        assertThat(exchanged.getPrincipal())
                .isEqualTo(KeyPrincipal.newBuilder()
                        .setKeyId(created.getApiKey().getKeyId())
                        .setTenantId(place.tenantId)
                        .setProjectId(place.projectId)
                        .addScopes("inference")
                        .addScopes("usage")
                        .addModels("exaone-4")
                        .build());
    }

    @Test
    void aKeyWithoutScopesIsForInferenceAndItsSecretIsNeverShownAgain() {
        var place = Place.create();
        CreateApiKeyResponse created = place.createKey(ApiKey.getDefaultInstance());

        assertThat(created.getApiKey().getScopesList()).containsExactly(KeyScope.KEY_SCOPE_INFERENCE);
        assertThat(created.getApiKey().getState()).isEqualTo(KeyState.KEY_STATE_ACTIVE);
        assertThat(created.getSecret()).startsWith("exk_");
        assertThat(created.getApiKey().getPrefix())
                .isEqualTo(created.getSecret().substring(0, 16) + "…");
        assertThat(place.keys()
                        .listApiKeys(ListApiKeysRequest.newBuilder()
                                .setTenantId(place.tenantId)
                                .setProjectId(place.projectId)
                                .build())
                        .toString())
                .doesNotContain(created.getSecret().substring(40));
    }

    @Test
    void aRepeatedCreationReturnsTheFirstKeyWithoutItsSecret() {
        var place = Place.create();
        var request = CreateApiKeyRequest.newBuilder()
                .setTenantId(place.tenantId)
                .setProjectId(place.projectId)
                .setApiKey(ApiKey.newBuilder().setDisplayName("once"))
                .setRequestId("first-key");

        CreateApiKeyResponse first = place.keys().createApiKey(request.build());
        CreateApiKeyResponse again = place.keys().createApiKey(request.build());

        assertThat(again.getApiKey()).isEqualTo(first.getApiKey());
        assertThat(again.getSecret()).isEmpty();
        refused(
                "REQUEST_ID_REUSED",
                () -> place.keys()
                        .createApiKey(request.setApiKey(ApiKey.newBuilder().setDisplayName("other"))
                                .build()));
    }

    @Test
    void anythingThatIsNotAKeyIsRefusedAlike() {
        String secret = Place.create().createKey(ApiKey.getDefaultInstance()).getSecret();
        String unknown =
                secret.replace("exk_", "exk_").substring(0, secret.length() - 1) + (secret.endsWith("0") ? "1" : "0");

        refused("API_KEY_INVALID", () -> exchange("sk-not-ours"));
        refused("API_KEY_INVALID", () -> exchange(unknown));
        refused("API_KEY_INVALID", () -> exchange(secret + " "));
    }

    @Test
    void aRevokedKeyIsRefusedAndStaysRevoked() {
        var place = Place.create();
        CreateApiKeyResponse created = place.createKey(ApiKey.getDefaultInstance());
        var revoke = RevokeApiKeyRequest.newBuilder()
                .setTenantId(place.tenantId)
                .setProjectId(place.projectId)
                .setKeyId(created.getApiKey().getKeyId())
                .build();

        var revoked = place.keys().revokeApiKey(revoke);

        assertThat(revoked.getApiKey().getState()).isEqualTo(KeyState.KEY_STATE_REVOKED);
        assertThat(revoked.getUnconfirmedGatewaysList()).isEmpty();
        refused("API_KEY_INVALID", () -> exchange(created.getSecret()));
        assertThat(place.keys().revokeApiKey(revoke).getApiKey()).isEqualTo(revoked.getApiKey());
        refused(
                "API_KEY_REVOKED",
                () -> place.keys()
                        .updateApiKey(UpdateApiKeyRequest.newBuilder()
                                .setTenantId(place.tenantId)
                                .setProjectId(place.projectId)
                                .setKeyId(created.getApiKey().getKeyId())
                                .setApiKey(ApiKey.newBuilder().setDisplayName("back"))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("display_name"))
                                .build()));
    }

    @Test
    void aSuspendedTenantsKeysAreRefusedUntilItIsResumed() {
        var place = Place.create();
        String secret = place.createKey(ApiKey.getDefaultInstance()).getSecret();

        tenants()
                .suspendTenant(SuspendTenantRequest.newBuilder()
                        .setTenantId(place.tenantId)
                        .build());
        refused("API_KEY_INVALID", () -> exchange(secret));

        tenants()
                .resumeTenant(ResumeTenantRequest.newBuilder()
                        .setTenantId(place.tenantId)
                        .build());
        assertThat(exchange(secret).getPrincipal().getTenantId()).isEqualTo(place.tenantId);
    }

    @Test
    void aDeletedProjectTakesItsKeysAlongAndFreesItsName() {
        var place = Place.create();
        String secret = place.createKey(ApiKey.getDefaultInstance()).getSecret();

        place.projects()
                .deleteProject(DeleteProjectRequest.newBuilder()
                        .setTenantId(place.tenantId)
                        .setProjectId(place.projectId)
                        .build());

        refused("API_KEY_INVALID", () -> exchange(secret));
        assertThat(place.createProject("shop")).isNotEqualTo(place.projectId);
    }

    @Test
    void anUpdateChangesWhatTheMaskNamesAndNothingElse() {
        var place = Place.create();
        CreateApiKeyResponse created = place.createKey(
                ApiKey.newBuilder().setDisplayName("a").addModels("m").build());
        Instant end = Instant.now().plusSeconds(3600);
        var update = UpdateApiKeyRequest.newBuilder()
                .setTenantId(place.tenantId)
                .setProjectId(place.projectId)
                .setKeyId(created.getApiKey().getKeyId());

        ApiKey updated = place.keys()
                .updateApiKey(update.setApiKey(ApiKey.newBuilder()
                                .setDisplayName("b")
                                .setExpireTime(Timestamp.newBuilder().setSeconds(end.getEpochSecond())))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("expire_time"))
                        .build())
                .getApiKey();

        assertThat(updated.getDisplayName()).isEqualTo("a");
        assertThat(updated.getModelsList()).containsExactly("m");
        assertThat(updated.getExpireTime().getSeconds()).isEqualTo(end.getEpochSecond());
        assertThat(exchange(created.getSecret()).getPrincipal().getExpireTime().getSeconds())
                .isEqualTo(end.getEpochSecond());
        refused(
                "API_KEY_EXPIRY_PAST",
                () -> place.keys()
                        .updateApiKey(update.setApiKey(ApiKey.newBuilder()
                                        .setExpireTime(Timestamp.newBuilder().setSeconds(1)))
                                .build()));
    }

    @Test
    void onlyAPlatformAdminGivesTheScopeMetrics() {
        var place = Place.create();
        var wanted = ApiKey.newBuilder().addScopes(KeyScope.KEY_SCOPE_METRICS).build();
        var developer = identity.someone("dev-" + UUID.randomUUID() + "@example.com");
        var asDeveloper =
                ApiKeyServiceGrpc.newBlockingStub(identity.asMember(developer, Role.DEVELOPER, place.tenantId));

        refused(
                "API_KEY_SCOPE_DENIED",
                () -> asDeveloper.createApiKey(CreateApiKeyRequest.newBuilder()
                        .setTenantId(place.tenantId)
                        .setProjectId(place.projectId)
                        .setApiKey(wanted)
                        .build()));
        assertThat(verify(exchange(place.createKey(wanted).getSecret()).getToken())
                        .permissions())
                .containsExactly("platform.metrics.read");
    }

    @Test
    void anotherTenantDoesNotLearnThatAKeyExists() {
        var place = Place.create();
        var other = Place.create();
        String keyId = place.createKey(ApiKey.getDefaultInstance()).getApiKey().getKeyId();

        refused(
                "API_KEY_NOT_FOUND",
                () -> other.keys()
                        .revokeApiKey(RevokeApiKeyRequest.newBuilder()
                                .setTenantId(other.tenantId)
                                .setProjectId(other.projectId)
                                .setKeyId(keyId)
                                .build()));
        refused(
                "PROJECT_NOT_FOUND",
                () -> other.keys()
                        .createApiKey(CreateApiKeyRequest.newBuilder()
                                .setTenantId(other.tenantId)
                                .setProjectId(place.projectId)
                                .setApiKey(ApiKey.getDefaultInstance())
                                .build()));
    }

    private static Principal verify(String token) {
        var keys = TokenServiceGrpc.newBlockingStub(identity.asGateway())
                .listVerificationKeys(ListVerificationKeysRequest.getDefaultInstance())
                .getKeysList();
        return new TokenVerifier(
                        id -> keys.stream()
                                .filter(key -> key.getKeyId().equals(id))
                                .findFirst()
                                .map(key ->
                                        Ed25519Keys.decode(key.getPublicKey().toByteArray())),
                        Clock.systemUTC())
                .verify(token);
    }

    private static ExchangeKeyResponse exchange(String presented) {
        return TokenServiceGrpc.newBlockingStub(identity.asGateway())
                .exchangeKey(ExchangeKeyRequest.newBuilder()
                        .setPresentedKey(presented)
                        .build());
    }

    private static TenantServiceGrpc.TenantServiceBlockingStub tenants() {
        return TenantServiceGrpc.newBlockingStub(identity.asPlatformAdmin(Optional.empty()));
    }

    private static void refused(String reason, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(StatusRuntimeException.class)
                .satisfies(failure ->
                        assertThat(RpcErrors.received(failure).reason().name()).isEqualTo(reason));
    }

    /** A tenant with a project, and its platform admin's stubs. */
    private record Place(String tenantId, String projectId, Channel channel) {
        static Place create() {
            String tenantId = tenants()
                    .createTenant(CreateTenantRequest.newBuilder()
                            .setTenant(Tenant.newBuilder().setName("t" + UUID.randomUUID()))
                            .build())
                    .getTenant()
                    .getTenantId();
            var channel = identity.asPlatformAdmin(Optional.of(tenantId));
            var place = new Place(tenantId, "", channel);
            return new Place(tenantId, place.createProject("shop"), channel);
        }

        String createProject(String name) {
            return projects()
                    .createProject(CreateProjectRequest.newBuilder()
                            .setTenantId(tenantId)
                            .setProject(Project.newBuilder().setName(name))
                            .build())
                    .getProject()
                    .getProjectId();
        }

        CreateApiKeyResponse createKey(ApiKey key) {
            return keys().createApiKey(CreateApiKeyRequest.newBuilder()
                    .setTenantId(tenantId)
                    .setProjectId(projectId)
                    .setApiKey(key)
                    .build());
        }

        ApiKeyServiceGrpc.ApiKeyServiceBlockingStub keys() {
            return ApiKeyServiceGrpc.newBlockingStub(channel);
        }

        ProjectServiceGrpc.ProjectServiceBlockingStub projects() {
            return ProjectServiceGrpc.newBlockingStub(channel);
        }
    }
}
