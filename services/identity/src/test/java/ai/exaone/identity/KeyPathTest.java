package ai.exaone.identity;

import static ai.exaone.identity.RunningIdentity.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.identity.RunningIdentity.Place;
import ai.exaone.identity.membership.Role;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeKeyResponse;
import ai.exaone.proto.identity.internal.v1.IssueKeyTokenRequest;
import ai.exaone.proto.identity.internal.v1.IssueKeyTokenResponse;
import ai.exaone.proto.identity.internal.v1.KeyPrincipal;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.proto.identity.v1.ApiKey;
import ai.exaone.proto.identity.v1.ApiKeyServiceGrpc;
import ai.exaone.proto.identity.v1.CreateApiKeyRequest;
import ai.exaone.proto.identity.v1.CreateApiKeyResponse;
import ai.exaone.proto.identity.v1.DeleteProjectRequest;
import ai.exaone.proto.identity.v1.KeyScope;
import ai.exaone.proto.identity.v1.KeyState;
import ai.exaone.proto.identity.v1.ListApiKeysRequest;
import ai.exaone.proto.identity.v1.ProjectServiceGrpc;
import ai.exaone.proto.identity.v1.ResumeTenantRequest;
import ai.exaone.proto.identity.v1.RevokeApiKeyRequest;
import ai.exaone.proto.identity.v1.SuspendTenantRequest;
import ai.exaone.proto.identity.v1.TenantServiceGrpc;
import ai.exaone.proto.identity.v1.UpdateApiKeyRequest;
import ai.exaone.rpc.Principal;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From a new tenant to a caller's token, and every way in which a key stops being accepted. Over gRPC. */
@Tag("server")
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
        var place = identity.newPlace();
        CreateApiKeyResponse created = place.newKey(ApiKey.newBuilder()
                .setDisplayName("checkout")
                .addScopes(KeyScope.KEY_SCOPE_INFERENCE)
                .addScopes(KeyScope.KEY_SCOPE_USAGE)
                .addModels("exaone-4")
                .build());

        ExchangeKeyResponse exchanged = exchange(created.getSecret());

        Principal principal = identity.verify(exchanged.getToken());
        assertThat(principal.kind()).isEqualTo(Principal.Kind.KEY);
        assertThat(principal.subject()).isEqualTo(created.getApiKey().getKeyId());
        assertThat(principal.name()).isEqualTo("checkout");
        assertThat(principal.tenantId()).contains(place.tenantId());
        assertThat(principal.projectId()).contains(place.projectId());
        assertThat(principal.keyId()).contains(created.getApiKey().getKeyId());
        assertThat(principal.permissions()).containsExactlyInAnyOrder("inference.call", "limit.read", "usage.read");
        assertThat(principal.models()).containsExactly("exaone-4");
        assertThat(exchanged.getPrincipal())
                .isEqualTo(KeyPrincipal.newBuilder()
                        .setKeyId(created.getApiKey().getKeyId())
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .addScopes("inference")
                        .addScopes("usage")
                        .addModels("exaone-4")
                        .build());
    }

    @Test
    void workThatAKeyAskedForGoesOnAsLongAsTheKeyIsAccepted() {
        var place = identity.newPlace();
        CreateApiKeyResponse created = place.newKey(ApiKey.getDefaultInstance());
        var asked = IssueKeyTokenRequest.newBuilder()
                .setKeyId(created.getApiKey().getKeyId())
                .build();

        IssueKeyTokenResponse issued = tokens().issueKeyToken(asked);

        ExchangeKeyResponse presented = exchange(created.getSecret());
        assertThat(issued.getPrincipal()).isEqualTo(presented.getPrincipal());
        assertThat(identity.verify(issued.getToken())).isEqualTo(identity.verify(presented.getToken()));

        keys(place)
                .revokeApiKey(RevokeApiKeyRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .setKeyId(created.getApiKey().getKeyId())
                        .build());
        assertRefused("API_KEY_INVALID", () -> tokens().issueKeyToken(asked));
        assertRefused(
                "API_KEY_INVALID",
                () -> tokens().issueKeyToken(asked.toBuilder()
                        .setKeyId("key_00000000000000000000000000")
                        .build()));
    }

    @Test
    void aKeyWithoutScopesIsForInferenceAndItsSecretIsNeverShownAgain() {
        var place = identity.newPlace();
        CreateApiKeyResponse created = place.newKey(ApiKey.getDefaultInstance());

        assertThat(created.getApiKey().getScopesList()).containsExactly(KeyScope.KEY_SCOPE_INFERENCE);
        assertThat(created.getApiKey().getState()).isEqualTo(KeyState.KEY_STATE_ACTIVE);
        assertThat(created.getSecret()).startsWith("exk_");
        assertThat(created.getApiKey().getPrefix())
                .isEqualTo(created.getSecret().substring(0, 16) + "…");
        assertThat(keys(place)
                        .listApiKeys(ListApiKeysRequest.newBuilder()
                                .setTenantId(place.tenantId())
                                .setProjectId(place.projectId())
                                .build())
                        .toString())
                .doesNotContain(created.getSecret().substring(40));
    }

    @Test
    void aRepeatedCreationReturnsTheFirstKeyWithoutItsSecret() {
        var place = identity.newPlace();
        var request = CreateApiKeyRequest.newBuilder()
                .setTenantId(place.tenantId())
                .setProjectId(place.projectId())
                .setApiKey(ApiKey.newBuilder().setDisplayName("once"))
                .setRequestId("first-key");

        CreateApiKeyResponse first = keys(place).createApiKey(request.build());
        CreateApiKeyResponse again = keys(place).createApiKey(request.build());

        assertThat(again.getApiKey()).isEqualTo(first.getApiKey());
        assertThat(again.getSecret()).isEmpty();
        assertRefused(
                "REQUEST_ID_REUSED",
                () -> keys(place)
                        .createApiKey(request.setApiKey(ApiKey.newBuilder().setDisplayName("other"))
                                .build()));
    }

    @Test
    void anythingThatIsNotAKeyIsRefusedAlike() {
        String secret = identity.newPlace().newKey(ApiKey.getDefaultInstance()).getSecret();
        String unknown =
                secret.replace("exk_", "exk_").substring(0, secret.length() - 1) + (secret.endsWith("0") ? "1" : "0");

        assertRefused("API_KEY_INVALID", () -> exchange("sk-not-ours"));
        assertRefused("API_KEY_INVALID", () -> exchange(unknown));
        assertRefused("API_KEY_INVALID", () -> exchange(secret + " "));
    }

    @Test
    void aRevokedKeyIsRefusedAndStaysRevoked() {
        var place = identity.newPlace();
        CreateApiKeyResponse created = place.newKey(ApiKey.getDefaultInstance());
        var revoke = RevokeApiKeyRequest.newBuilder()
                .setTenantId(place.tenantId())
                .setProjectId(place.projectId())
                .setKeyId(created.getApiKey().getKeyId())
                .build();

        var revoked = keys(place).revokeApiKey(revoke);

        assertThat(revoked.getApiKey().getState()).isEqualTo(KeyState.KEY_STATE_REVOKED);
        assertThat(revoked.getUnconfirmedGatewaysList()).isEmpty();
        assertRefused("API_KEY_INVALID", () -> exchange(created.getSecret()));
        assertThat(keys(place).revokeApiKey(revoke).getApiKey()).isEqualTo(revoked.getApiKey());
        assertRefused(
                "API_KEY_REVOKED",
                () -> keys(place)
                        .updateApiKey(UpdateApiKeyRequest.newBuilder()
                                .setTenantId(place.tenantId())
                                .setProjectId(place.projectId())
                                .setKeyId(created.getApiKey().getKeyId())
                                .setApiKey(ApiKey.newBuilder().setDisplayName("back"))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("display_name"))
                                .build()));
    }

    @Test
    void aSuspendedTenantsKeysAreRefusedUntilItIsResumed() {
        var place = identity.newPlace();
        String secret = place.newKey(ApiKey.getDefaultInstance()).getSecret();

        tenants()
                .suspendTenant(SuspendTenantRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .build());
        assertRefused("API_KEY_INVALID", () -> exchange(secret));

        tenants()
                .resumeTenant(ResumeTenantRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .build());
        assertThat(exchange(secret).getPrincipal().getTenantId()).isEqualTo(place.tenantId());
    }

    @Test
    void aDeletedProjectTakesItsKeysAlongAndFreesItsName() {
        var place = identity.newPlace();
        String secret = place.newKey(ApiKey.getDefaultInstance()).getSecret();

        ProjectServiceGrpc.newBlockingStub(place.admin())
                .deleteProject(DeleteProjectRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .build());

        assertRefused("API_KEY_INVALID", () -> exchange(secret));
        assertThat(RunningIdentity.newProject(place.admin(), place.tenantId(), "shop"))
                .isNotEqualTo(place.projectId());
    }

    @Test
    void anUpdateChangesWhatTheMaskNamesAndNothingElse() {
        var place = identity.newPlace();
        CreateApiKeyResponse created = place.newKey(
                ApiKey.newBuilder().setDisplayName("a").addModels("m").build());
        Instant end = Instant.now().plusSeconds(3600);
        var update = UpdateApiKeyRequest.newBuilder()
                .setTenantId(place.tenantId())
                .setProjectId(place.projectId())
                .setKeyId(created.getApiKey().getKeyId());

        ApiKey updated = keys(place)
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
        assertRefused(
                "API_KEY_EXPIRY_PAST",
                () -> keys(place)
                        .updateApiKey(update.setApiKey(ApiKey.newBuilder()
                                        .setExpireTime(Timestamp.newBuilder().setSeconds(1)))
                                .build()));
    }

    @Test
    void onlyAPlatformAdminGivesTheScopeMetrics() {
        var place = identity.newPlace();
        var wanted = ApiKey.newBuilder().addScopes(KeyScope.KEY_SCOPE_METRICS).build();
        var developer = identity.someone("dev-" + UUID.randomUUID() + "@example.com");
        var asDeveloper =
                ApiKeyServiceGrpc.newBlockingStub(identity.asMember(developer, Role.DEVELOPER, place.tenantId()));

        assertRefused(
                "API_KEY_SCOPE_DENIED",
                () -> asDeveloper.createApiKey(CreateApiKeyRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .setApiKey(wanted)
                        .build()));
        assertThat(identity.verify(exchange(place.newKey(wanted).getSecret()).getToken())
                        .permissions())
                .containsExactly("platform.metrics.read");
    }

    @Test
    void anotherTenantDoesNotLearnThatAKeyExists() {
        var place = identity.newPlace();
        var other = identity.newPlace();
        String keyId = place.newKey(ApiKey.getDefaultInstance()).getApiKey().getKeyId();

        assertRefused(
                "API_KEY_NOT_FOUND",
                () -> keys(other)
                        .revokeApiKey(RevokeApiKeyRequest.newBuilder()
                                .setTenantId(other.tenantId())
                                .setProjectId(other.projectId())
                                .setKeyId(keyId)
                                .build()));
        assertRefused(
                "PROJECT_NOT_FOUND",
                () -> keys(other)
                        .createApiKey(CreateApiKeyRequest.newBuilder()
                                .setTenantId(other.tenantId())
                                .setProjectId(place.projectId())
                                .setApiKey(ApiKey.getDefaultInstance())
                                .build()));
    }

    private static TokenServiceGrpc.TokenServiceBlockingStub tokens() {
        return TokenServiceGrpc.newBlockingStub(identity.asGateway());
    }

    private static ExchangeKeyResponse exchange(String presented) {
        return tokens().exchangeKey(ExchangeKeyRequest.newBuilder()
                .setPresentedKey(presented)
                .build());
    }

    private static TenantServiceGrpc.TenantServiceBlockingStub tenants() {
        return TenantServiceGrpc.newBlockingStub(identity.asPlatformAdmin(Optional.empty()));
    }

    private static ApiKeyServiceGrpc.ApiKeyServiceBlockingStub keys(Place place) {
        return ApiKeyServiceGrpc.newBlockingStub(place.admin());
    }
}
