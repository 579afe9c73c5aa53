package ai.exaone.identity.token;

import static ai.exaone.identity.RunningIdentity.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.identity.IdentityStores;
import ai.exaone.identity.RunningIdentity;
import ai.exaone.identity.RunningIdentity.Place;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.membership.Role;
import ai.exaone.identity.person.Person;
import ai.exaone.proto.identity.internal.v1.IssueRunTokenRequest;
import ai.exaone.proto.identity.internal.v1.IssueRunTokenResponse;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.proto.identity.v1.ApiKey;
import ai.exaone.proto.identity.v1.ApiKeyServiceGrpc;
import ai.exaone.proto.identity.v1.KeyScope;
import ai.exaone.proto.identity.v1.RevokeApiKeyRequest;
import ai.exaone.rpc.Principal;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run's token, as long as its owner may run agents. Over gRPC. */
@Tag("server")
final class RunTokensTest {
    private static final String BASE32 = "01j9z3kq5v7w8x9y0z1a2b3c4d";

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
    void aKeysRunCarriesTheRunTheKeyAndTheAgentsModels() {
        Place place = identity.newPlace();
        var key = place.newKey(ApiKey.newBuilder()
                .setDisplayName("shop")
                .addModels("agent/x")
                .addModels("embed")
                .build());

        IssueRunTokenResponse issued = issue(place, key.getApiKey().getKeyId(), "exaone-4");

        Principal principal = identity.verify(issued.getToken());
        assertThat(principal.kind()).isEqualTo(Principal.Kind.RUN);
        assertThat(principal.subject()).isEqualTo("run_" + BASE32);
        assertThat(principal.runId()).contains("run_" + BASE32);
        assertThat(principal.agentId()).contains("agt_" + BASE32);
        assertThat(principal.releaseId()).isEmpty();
        assertThat(principal.keyId()).contains(key.getApiKey().getKeyId());
        assertThat(principal.permissions()).containsExactly("inference.call");
        assertThat(principal.models()).containsExactly("exaone-4");
        assertThat(principal.depth()).isEqualTo(2);
        assertThat(issued.getExpireTime().getSeconds()).isPositive();
    }

    @Test
    void aRunEndsWithItsKey() {
        Place place = identity.newPlace();
        String keyId = place.newKey(ApiKey.getDefaultInstance()).getApiKey().getKeyId();
        issue(place, keyId, "any");

        ApiKeyServiceGrpc.newBlockingStub(place.admin())
                .revokeApiKey(RevokeApiKeyRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .setKeyId(keyId)
                        .build());

        assertRefused("API_KEY_INVALID", () -> issue(place, keyId, "any"));
    }

    @Test
    void aKeyRunsNeitherElsewhereNorOtherAgentsNorWithoutScope() {
        Place place = identity.newPlace();
        String limited = place.newKey(ApiKey.newBuilder()
                        .addModels("small")
                        .addModels("agent/x")
                        .build())
                .getApiKey()
                .getKeyId();
        String reader = place.newKey(
                        ApiKey.newBuilder().addScopes(KeyScope.KEY_SCOPE_USAGE).build())
                .getApiKey()
                .getKeyId();

        assertThat(identity.verify(issue(place, limited, "large", "x").getToken())
                        .models())
                .containsExactly("large");
        // Another agent called it.
        assertThat(identity.verify(issue(place, limited, "large", "").getToken())
                        .models())
                .containsExactly("large");
        assertRefused("RUN_AGENT_NOT_ALLOWED", () -> issue(place, limited, "small", "y"));
        assertRefused("RUN_OWNER_NOT_ALLOWED", () -> issue(place, reader, "small"));
        assertRefused("RUN_OWNER_NOT_ALLOWED", () -> issue(identity.newPlace(), limited, "small"));
    }

    @Test
    void aPersonRunsAsLongAsTheRoleAllowsIt() {
        Place place = identity.newPlace();
        var tenantId = new TenantId(place.tenantId());
        Person developer = identity.someone("dev-" + UUID.randomUUID() + "@example.com");
        String owner = developer.id().value();
        assertRefused("RUN_OWNER_NOT_ALLOWED", () -> issue(place, owner, "any"));
        identity.join(tenantId, developer, Role.DEVELOPER);

        Principal principal = identity.verify(issue(place, owner, "any").getToken());
        assertThat(principal.name()).isEqualTo(developer.shownName());
        assertThat(principal.keyId()).isEmpty();

        var act = new Act(new Actor("service:test", "Test", "", ""), "member.update");
        identity.part(IdentityStores.class).members().changeRole(tenantId, developer.id(), Role.VIEWER, act);
        assertRefused("RUN_OWNER_NOT_ALLOWED", () -> issue(place, owner, "any"));
    }

    @Test
    void aPlatformAdminRunsInAnyTenantUntilKeycloakSaysOtherwise() {
        Place place = identity.newPlace();
        Person admin = identity.platformAdmin();
        var act = new Act(new Actor("service:test", "Test", "", ""), "member.update");
        identity.join(new TenantId(place.tenantId()), identity.someone("second@example.com"), Role.TENANT_ADMIN);
        identity.part(IdentityStores.class).members().remove(new TenantId(place.tenantId()), admin.id(), act);

        assertThat(identity.verify(issue(place, admin.id().value(), "any").getToken())
                        .tenantId())
                .contains(place.tenantId());
    }

    private static IssueRunTokenResponse issue(Place place, String owner, String model) {
        return issue(place, owner, model, "x");
    }

    private static IssueRunTokenResponse issue(Place place, String owner, String model, String agentName) {
        return TokenServiceGrpc.newBlockingStub(identity.asAgents())
                .issueRunToken(IssueRunTokenRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .setOwner(owner)
                        .setAgentId("agt_" + BASE32)
                        .setAgentName(agentName)
                        .setRunId("run_" + BASE32)
                        .addModels(model)
                        .setDepth(2)
                        .build());
    }
}
