package ai.exaone.identity;

import static ai.exaone.identity.RunningIdentity.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.identity.RunningIdentity.Place;
import ai.exaone.proto.identity.internal.v1.CreateSessionRequest;
import ai.exaone.proto.identity.internal.v1.CreateSessionResponse;
import ai.exaone.proto.identity.internal.v1.DeleteSessionRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeBearerRequest;
import ai.exaone.proto.identity.internal.v1.ExchangeSessionRequest;
import ai.exaone.proto.identity.internal.v1.SessionServiceGrpc;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.proto.identity.v1.AcceptInvitationRequest;
import ai.exaone.proto.identity.v1.AccountServiceGrpc;
import ai.exaone.proto.identity.v1.CreateInvitationRequest;
import ai.exaone.proto.identity.v1.CreateInvitationResponse;
import ai.exaone.proto.identity.v1.CreateTenantRequest;
import ai.exaone.proto.identity.v1.GetAccountRequest;
import ai.exaone.proto.identity.v1.Invitation;
import ai.exaone.proto.identity.v1.ListMembersRequest;
import ai.exaone.proto.identity.v1.Member;
import ai.exaone.proto.identity.v1.MemberServiceGrpc;
import ai.exaone.proto.identity.v1.RemoveMemberRequest;
import ai.exaone.proto.identity.v1.Role;
import ai.exaone.proto.identity.v1.SuspendTenantRequest;
import ai.exaone.proto.identity.v1.Tenant;
import ai.exaone.proto.identity.v1.TenantServiceGrpc;
import ai.exaone.rpc.Principal;
import ai.exaone.testing.TestKeycloak;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Channel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Signing in, being invited, and what Keycloak mirrors: over gRPC, with a real Keycloak and the pages it shows. */
@Tag("server")
final class KeycloakPathTest {
    private static final String NEW_PASSWORD = "a password of one's own 1";

    private static RunningIdentity identity;

    @BeforeAll
    static void start() {
        identity = RunningIdentity.withKeycloak();
    }

    @AfterAll
    static void stop() {
        identity.close();
    }

    @Test
    void thePlatformAdminSignsInMakesATenantAndIsItsFirstAdmin() {
        String session = signIn(TestKeycloak.ADMIN_USER, TestKeycloak.ADMIN_PASSWORD);
        Principal outside = exchange(session, "");
        assertThat(outside.kind()).isEqualTo(Principal.Kind.USER);
        assertThat(outside.tenantId()).isEmpty();
        assertThat(outside.permissions()).contains("platform.tenant.write").doesNotContain("apikey.write");
        assertThat(outside.name()).isEqualTo("Platform Administrator");

        String tenantId = TenantServiceGrpc.newBlockingStub(identity.withToken(token(session, "")))
                .createTenant(CreateTenantRequest.newBuilder()
                        .setTenant(Tenant.newBuilder().setName("t" + UUID.randomUUID()))
                        .build())
                .getTenant()
                .getTenantId();

        Principal inside = exchange(session, tenantId);
        assertThat(inside.tenantId()).contains(tenantId);
        assertThat(inside.permissions()).contains("platform.tenant.write", "apikey.write", "member.write");
        assertThat(members(identity.withToken(token(session, tenantId)), tenantId))
                .singleElement()
                .satisfies(member -> {
                    assertThat(member.getUserId()).isEqualTo(outside.subject());
                    assertThat(member.getRole()).isEqualTo(Role.ROLE_TENANT_ADMIN);
                });
    }

    @Test
    void somebodyNewIsInvitedSignsInAcceptsAndIsMirroredUntilRemoved() throws Exception {
        Place place = identity.newPlace();
        String email = "kim-" + UUID.randomUUID() + "@partner.example";
        CreateInvitationResponse invited = invite(place, email, Role.ROLE_DEVELOPER);
        assertThat(invited.getTemporaryPassword()).hasSize(20);
        assertThat(invited.getAcceptUrl()).startsWith(TestKeycloak.PUBLIC_URL + "/console/invitations/accept?token=");

        String session = signIn(email, invited.getTemporaryPassword());
        assertThat(exchange(session, place.tenantId()).tenantId()).isEmpty();
        Member member = MemberServiceGrpc.newBlockingStub(identity.withToken(token(session, "")))
                .acceptInvitation(accept(invited))
                .getMember();

        assertThat(member.getEmail()).isEqualTo(email);
        assertThat(member.getRole()).isEqualTo(Role.ROLE_DEVELOPER);
        Principal principal = exchange(session, place.tenantId());
        assertThat(principal.tenantId()).contains(place.tenantId());
        assertThat(principal.permissions()).contains("apikey.write").doesNotContain("member.write");
        awaitMirrored(place, email, true);
        assertRefused(
                "INVITATION_NOT_FOUND",
                () -> MemberServiceGrpc.newBlockingStub(identity.withToken(token(session, "")))
                        .acceptInvitation(accept(invited)));

        MemberServiceGrpc.newBlockingStub(place.admin())
                .removeMember(RemoveMemberRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setUserId(member.getUserId())
                        .build());
        assertThat(exchange(session, place.tenantId()).tenantId()).isEmpty();
        awaitMirrored(place, email, false);
    }

    @Test
    void aTenantGivesANewFirstPasswordToWhoNeverSignedInAndAnotherTenantCannot() {
        Place place = identity.newPlace();
        String email = "lee-" + UUID.randomUUID() + "@partner.example";
        CreateInvitationResponse lost = invite(place, email, Role.ROLE_VIEWER);

        assertThat(invite(identity.newPlace(), email, Role.ROLE_VIEWER).getTemporaryPassword())
                .isEmpty();
        CreateInvitationResponse again = invite(place, email, Role.ROLE_VIEWER);

        assertThat(again.getTemporaryPassword()).isNotEmpty().isNotEqualTo(lost.getTemporaryPassword());
        String session = signIn(email, again.getTemporaryPassword());
        assertRefused(
                "INVITATION_NOT_FOUND",
                () -> MemberServiceGrpc.newBlockingStub(identity.withToken(token(session, "")))
                        .acceptInvitation(accept(lost)));
        assertThat(invite(place, email, Role.ROLE_VIEWER).getTemporaryPassword())
                .isEmpty();
    }

    @Test
    void whatAnAdministratorAddedToAnOrganizationStays() throws Exception {
        Place place = identity.newPlace();
        String name = tenantName(place);
        String id = awaitOrganization(name).path("id").asText();
        administration("PUT", "/organizations/" + id, """
                {"name": "%s", "alias": "%s", "domains": [{"name": "%s.example"}]}""".formatted(name, name, name));

        TenantServiceGrpc.newBlockingStub(identity.asPlatformAdmin(Optional.empty()))
                .suspendTenant(SuspendTenantRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .build());

        Awaitility.await("the suspension of " + name).untilAsserted(() -> {
            JsonNode organization = administration("GET", "/organizations/" + id);
            assertThat(organization.path("enabled").asBoolean()).isFalse();
            assertThat(organization.path("description").asText()).isEqualTo("Tenant");
            assertThat(organization.path("domains").findValuesAsText("name")).containsExactly(name + ".example");
        });
    }

    @Test
    void anInvitationIsForOneEmailAddressOnly() {
        CreateInvitationResponse invited =
                invite(identity.newPlace(), "one-" + UUID.randomUUID() + "@partner.example", Role.ROLE_TENANT_ADMIN);
        String session = signIn(TestKeycloak.ADMIN_USER, TestKeycloak.ADMIN_PASSWORD);

        assertRefused(
                "INVITATION_FOR_ANOTHER_PERSON",
                () -> MemberServiceGrpc.newBlockingStub(identity.withToken(token(session, "")))
                        .acceptInvitation(accept(invited)));
    }

    @Test
    void aSessionIsRefreshedWithKeycloakAndEndsWhenKeycloakEndsIt() throws Exception {
        String session = signIn(TestKeycloak.ADMIN_USER, TestKeycloak.ADMIN_PASSWORD);
        letVerificationsLapse();
        assertThat(exchange(session, "").permissions()).contains("platform.tenant.write");

        String userId = administration("GET", "/users?exact=true&username=" + TestKeycloak.ADMIN_USER)
                .path(0)
                .path("id")
                .asText();
        administration("POST", "/users/" + userId + "/logout");
        letVerificationsLapse();

        assertRefused("SESSION_ENDED", () -> token(session, ""));
    }

    @Test
    void signingOutEndsTheSessionInKeycloakToo() {
        String session = signIn(TestKeycloak.ADMIN_USER, TestKeycloak.ADMIN_PASSWORD);
        var sessions = SessionServiceGrpc.newBlockingStub(identity.asGateway());
        var delete = DeleteSessionRequest.newBuilder().setSessionToken(session).build();

        sessions.deleteSession(delete);
        sessions.deleteSession(delete);

        assertRefused("SESSION_ENDED", () -> token(session, ""));
    }

    @Test
    void aCodeIsGoodOnceAndOnlyForItsVerifierAndNonce() {
        var browser = new BrowserSignIn();
        String code = browser.code(TestKeycloak.ADMIN_USER, TestKeycloak.ADMIN_PASSWORD, NEW_PASSWORD);
        var sessions = SessionServiceGrpc.newBlockingStub(identity.asGateway());
        var request = CreateSessionRequest.newBuilder()
                .setCode(code)
                .setCodeVerifier(browser.verifier())
                .setRedirectUri(browser.redirectUri())
                .setNonce("another nonce of length");

        assertRefused("SIGN_IN_REFUSED", () -> sessions.createSession(request.build()));
        assertRefused(
                "SIGN_IN_REFUSED",
                () -> sessions.createSession(request.setNonce(browser.nonce()).build()));
    }

    @Test
    void bearerTokensOfTheRightClientsAreExchangedAndOthersAreNot() {
        TestKeycloak keycloak = TestKeycloak.shared();
        String admin = keycloak.passwordToken(TestKeycloak.ADMIN_USER, TestKeycloak.ADMIN_PASSWORD);
        assertThat(exchangeBearer(admin, "").permissions()).contains("platform.tenant.read");

        assertRefused(
                "ACCESS_TOKEN_INVALID",
                () -> exchangeBearer(keycloak.clientToken("exaone-identity", TestKeycloak.IDENTITY_SECRET), ""));
        assertRefused(
                "ACCESS_TOKEN_INVALID", () -> exchangeBearer(admin.substring(0, admin.length() - 4) + "AAAA", ""));
        assertRefused("ACCESS_TOKEN_INVALID", () -> exchangeBearer("not.a.token", ""));
    }

    @Test
    void aMemberOfASuspendedTenantIsToldSo() {
        Place place = identity.newPlace();
        String email = "sus-" + UUID.randomUUID() + "@partner.example";
        CreateInvitationResponse invited = invite(place, email, Role.ROLE_TENANT_ADMIN);
        String session = signIn(email, invited.getTemporaryPassword());
        MemberServiceGrpc.newBlockingStub(identity.withToken(token(session, "")))
                .acceptInvitation(accept(invited));

        TenantServiceGrpc.newBlockingStub(identity.asPlatformAdmin(Optional.empty()))
                .suspendTenant(SuspendTenantRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .build());

        assertRefused("TENANT_SUSPENDED", () -> token(session, place.tenantId()));
        assertThat(AccountServiceGrpc.newBlockingStub(identity.withToken(token(session, "")))
                        .getAccount(GetAccountRequest.getDefaultInstance())
                        .getAccount()
                        .getMembershipsList())
                .singleElement()
                .satisfies(membership -> {
                    assertThat(membership.getRole()).isEqualTo(Role.ROLE_TENANT_ADMIN);
                    assertThat(membership.getPermissionsList()).isEmpty();
                });
    }

    private static String signIn(String user, String password) {
        var browser = new BrowserSignIn();
        String code = browser.code(user, password, NEW_PASSWORD);
        CreateSessionResponse created = SessionServiceGrpc.newBlockingStub(identity.asGateway())
                .createSession(CreateSessionRequest.newBuilder()
                        .setCode(code)
                        .setCodeVerifier(browser.verifier())
                        .setRedirectUri(browser.redirectUri())
                        .setNonce(browser.nonce())
                        .build());
        assertThat(created.getSessionToken()).hasSize(43);
        return created.getSessionToken();
    }

    private static String token(String session, String tenantId) {
        return TokenServiceGrpc.newBlockingStub(identity.asGateway())
                .exchangeSession(ExchangeSessionRequest.newBuilder()
                        .setSessionToken(session)
                        .setTenantId(tenantId)
                        .build())
                .getToken();
    }

    private static Principal exchange(String session, String tenantId) {
        return identity.verify(token(session, tenantId));
    }

    private static Principal exchangeBearer(String accessToken, String tenantId) {
        return identity.verify(TokenServiceGrpc.newBlockingStub(identity.asGateway())
                .exchangeBearer(ExchangeBearerRequest.newBuilder()
                        .setAccessToken(accessToken)
                        .setTenantId(tenantId)
                        .build())
                .getToken());
    }

    private static CreateInvitationResponse invite(Place place, String email, Role role) {
        return MemberServiceGrpc.newBlockingStub(place.admin())
                .createInvitation(CreateInvitationRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setInvitation(Invitation.newBuilder().setEmail(email).setRole(role))
                        .build());
    }

    private static AcceptInvitationRequest accept(CreateInvitationResponse invited) {
        return AcceptInvitationRequest.newBuilder()
                .setToken(invited.getAcceptUrl().replaceAll(".*token=", ""))
                .build();
    }

    private static List<Member> members(Channel channel, String tenantId) {
        return MemberServiceGrpc.newBlockingStub(channel)
                .listMembers(
                        ListMembersRequest.newBuilder().setTenantId(tenantId).build())
                .getMembersList();
    }

    /** What happens by itself five minutes after Keycloak vouched. */
    private static void letVerificationsLapse() {
        identity.database()
                .transactions()
                .withHandle(handle ->
                        handle.execute("UPDATE console_session SET verified_until = verified_at - INTERVAL 1 SECOND"));
    }

    private static void awaitMirrored(Place place, String email, boolean member) {
        String id = awaitOrganization(tenantName(place)).path("id").asText();
        Awaitility.await("the membership of " + email)
                .untilAsserted(() -> assertThat(administration("GET", "/organizations/" + id + "/members")
                                .findValuesAsText("email")
                                .contains(email))
                        .isEqualTo(member));
    }

    private static JsonNode awaitOrganization(String name) {
        return Awaitility.await("the organization " + name)
                .until(
                        () -> administration("GET", "/organizations?exact=true&search=" + name),
                        found -> !found.isEmpty())
                .path(0);
    }

    private static String tenantName(Place place) {
        return identity.database()
                .transactions()
                .withHandle(handle -> handle.createQuery("SELECT name FROM tenant WHERE tenant_id = :id")
                        .bind("id", place.tenantId())
                        .mapTo(String.class)
                        .one());
    }

    private static JsonNode administration(String method, String path) throws IOException, InterruptedException {
        return administration(method, path, "");
    }

    private static JsonNode administration(String method, String path, String body)
            throws IOException, InterruptedException {
        TestKeycloak keycloak = TestKeycloak.shared();
        String token = keycloak.clientToken("exaone-identity", TestKeycloak.IDENTITY_SECRET);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(keycloak.internalUrl() + "/admin/realms/exaone" + path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return new ObjectMapper().readTree(response.body().isEmpty() ? "{}" : response.body());
    }
}
