package ai.exaone.identity;

import static ai.exaone.identity.RunningIdentity.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.identity.RunningIdentity.Place;
import ai.exaone.identity.membership.Role;
import ai.exaone.proto.identity.internal.v1.GetSecretValuesRequest;
import ai.exaone.proto.identity.internal.v1.SecretValueServiceGrpc;
import ai.exaone.proto.identity.v1.AccountServiceGrpc;
import ai.exaone.proto.identity.v1.ApiKey;
import ai.exaone.proto.identity.v1.AuditEvent;
import ai.exaone.proto.identity.v1.AuditServiceGrpc;
import ai.exaone.proto.identity.v1.CreateInvitationRequest;
import ai.exaone.proto.identity.v1.CreateProjectRequest;
import ai.exaone.proto.identity.v1.CreateTenantRequest;
import ai.exaone.proto.identity.v1.CreateTenantResponse;
import ai.exaone.proto.identity.v1.DeleteProjectRequest;
import ai.exaone.proto.identity.v1.DeleteSecretRequest;
import ai.exaone.proto.identity.v1.GetAccountRequest;
import ai.exaone.proto.identity.v1.Invitation;
import ai.exaone.proto.identity.v1.KeyScope;
import ai.exaone.proto.identity.v1.ListAuditEventsRequest;
import ai.exaone.proto.identity.v1.ListInvitationsRequest;
import ai.exaone.proto.identity.v1.ListProjectsRequest;
import ai.exaone.proto.identity.v1.ListSecretsRequest;
import ai.exaone.proto.identity.v1.MemberServiceGrpc;
import ai.exaone.proto.identity.v1.Project;
import ai.exaone.proto.identity.v1.ProjectServiceGrpc;
import ai.exaone.proto.identity.v1.SecretServiceGrpc;
import ai.exaone.proto.identity.v1.SetSecretRequest;
import ai.exaone.proto.identity.v1.Tenant;
import ai.exaone.proto.identity.v1.TenantServiceGrpc;
import ai.exaone.proto.identity.v1.UpdateProjectRequest;
import ai.exaone.proto.identity.v1.UpdateTenantRequest;
import ai.exaone.rpc.Principal;
import com.google.protobuf.FieldMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tenants, projects, secrets, invitations, accounts and the audit log over gRPC, while Keycloak is away. */
@Tag("server")
final class ManagementTest {
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
    void tenantsAreMadeAndChangedWhileKeycloakIsAway() {
        String name = "t" + UUID.randomUUID();
        Tenant made = tenants().createTenant(create(name, "")).getTenant();
        assertThat(made.getDisplayName()).isEqualTo(name);
        assertThat(made.getTimeZone()).isEqualTo("Asia/Seoul");

        var admin = TenantServiceGrpc.newBlockingStub(identity.asPlatformAdmin(Optional.of(made.getTenantId())));
        var update = UpdateTenantRequest.newBuilder()
                .setTenantId(made.getTenantId())
                .setTenant(Tenant.newBuilder().setDisplayName("Partner").setTimeZone("Europe/Berlin"));
        Tenant renamed = admin.updateTenant(
                        update.setUpdateMask(FieldMask.newBuilder().addPaths("display_name"))
                                .build())
                .getTenant();
        assertThat(renamed.getDisplayName()).isEqualTo("Partner");
        assertThat(renamed.getTimeZone()).isEqualTo("Asia/Seoul");
        assertRefused("TENANT_NAME_TAKEN", () -> tenants().createTenant(create(name, "")));
        assertRefused(
                "TIME_ZONE_UNKNOWN",
                () -> admin.updateTenant(update.setTenant(Tenant.newBuilder().setTimeZone("Mars/Olympus"))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("time_zone"))
                        .build()));
    }

    @Test
    void equalRequestsAtOnceMakeOneTenant() throws Exception {
        CreateTenantRequest request =
                create("t" + UUID.randomUUID(), UUID.randomUUID().toString());
        var barrier = new CyclicBarrier(4);
        var answers = new ArrayList<Future<CreateTenantResponse>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 4; caller++) {
                answers.add(executor.submit(() -> {
                    barrier.await();
                    return tenants().createTenant(request);
                }));
            }
        }
        CreateTenantResponse first = answers.getFirst().get();
        for (Future<CreateTenantResponse> answer : answers) {
            assertThat(answer.get()).isEqualTo(first);
        }
    }

    @Test
    void projectsAreListedPageByPage() {
        Place place = identity.newPlace();
        for (String name : List.of("alpha", "beta", "gamma", "delta")) {
            RunningIdentity.newProject(place.admin(), place.tenantId(), name);
        }
        var names = new ArrayList<String>();
        String token = "";
        int pages = 0;
        do {
            var page = projects(place)
                    .listProjects(ListProjectsRequest.newBuilder()
                            .setTenantId(place.tenantId())
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            page.getProjectsList().forEach(project -> names.add(project.getName()));
            token = page.getNextPageToken();
            pages++;
        } while (!token.isEmpty());

        assertThat(names).containsExactly("alpha", "beta", "delta", "gamma", "shop");
        assertThat(pages).isEqualTo(3);
        assertRefused(
                "PAGE_TOKEN_INVALID",
                () -> projects(place)
                        .listProjects(ListProjectsRequest.newBuilder()
                                .setTenantId(place.tenantId())
                                .setPageToken("***")
                                .build()));
    }

    @Test
    void aProjectsNameIsUniqueInItsTenantOnly() {
        Place place = identity.newPlace();
        assertRefused("PROJECT_NAME_TAKEN", () -> RunningIdentity.newProject(place.admin(), place.tenantId(), "shop"));
        assertThat(identity.newPlace().projectId()).isNotEqualTo(place.projectId());

        Project renamed = projects(place)
                .updateProject(UpdateProjectRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .setProject(Project.newBuilder().setDisplayName("The shop"))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("display_name"))
                        .build())
                .getProject();
        assertThat(renamed.getDisplayName()).isEqualTo("The shop");
    }

    @Test
    void aSecretIsUsedByNameAndReadByAgentsOnly() {
        Place place = identity.newPlace();
        var secrets = SecretServiceGrpc.newBlockingStub(place.admin());
        var set = SetSecretRequest.newBuilder()
                .setTenantId(place.tenantId())
                .setProjectId(place.projectId())
                .setName("CRM_TOKEN");
        secrets.setSecret(set.setValue("first").build());
        secrets.setSecret(set.setValue("비밀").build());
        var wanted = GetSecretValuesRequest.newBuilder()
                .setTenantId(place.tenantId())
                .setProjectId(place.projectId())
                .addNames("CRM_TOKEN")
                .addNames("MISSING")
                .build();

        assertThat(values(wanted)).containsOnly(Map.entry("CRM_TOKEN", "비밀"));
        assertThat(values(wanted.toBuilder()
                        .setTenantId(identity.newPlace().tenantId())
                        .build()))
                .isEmpty();
        assertRefused(
                "PERMISSION_DENIED",
                () -> SecretValueServiceGrpc.newBlockingStub(identity.asGateway())
                        .getSecretValues(wanted));
        assertThat(stored("SELECT HEX(sealed_value) FROM secret WHERE name = 'CRM_TOKEN'"))
                .doesNotContain("EBB984EBB080");
        assertThat(secrets.listSecrets(ListSecretsRequest.newBuilder()
                                .setTenantId(place.tenantId())
                                .setProjectId(place.projectId())
                                .build())
                        .getSecretsList())
                .singleElement()
                .satisfies(secret -> assertThat(secret.getName()).isEqualTo("CRM_TOKEN"));

        secrets.deleteSecret(DeleteSecretRequest.newBuilder()
                .setTenantId(place.tenantId())
                .setProjectId(place.projectId())
                .setName("CRM_TOKEN")
                .build());
        assertThat(values(wanted)).isEmpty();
        assertThat(events(place, "secret."))
                .extracting(AuditEvent::getAction)
                .containsExactly("secret.delete", "secret.set", "secret.set");
        assertThat(events(place, "secret.").toString()).doesNotContain("first");
    }

    @Test
    void aDeletedProjectTakesItsSecretsAlong() {
        Place place = identity.newPlace();
        SecretServiceGrpc.newBlockingStub(place.admin())
                .setSecret(SetSecretRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .setName("GONE")
                        .setValue("x")
                        .build());

        projects(place)
                .deleteProject(DeleteProjectRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .build());

        assertThat(values(GetSecretValuesRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .addNames("GONE")
                        .build()))
                .isEmpty();
    }

    @Test
    void somebodyNewCannotBeInvitedWhileKeycloakIsAwayAndNothingIsHalfDone() {
        Place place = identity.newPlace();
        var members = MemberServiceGrpc.newBlockingStub(place.admin());
        var invite = CreateInvitationRequest.newBuilder()
                .setTenantId(place.tenantId())
                .setInvitation(Invitation.newBuilder()
                        .setEmail("new@example.com")
                        .setRole(ai.exaone.proto.identity.v1.Role.ROLE_VIEWER))
                .setRequestId("invite-1")
                .build();

        assertRefused("SIGN_IN_UNAVAILABLE", () -> members.createInvitation(invite));
        assertThat(members.listInvitations(ListInvitationsRequest.newBuilder()
                                .setTenantId(place.tenantId())
                                .build())
                        .getInvitationsList())
                .isEmpty();

        // Who has been seen before needs no account.
        identity.someone("new@example.com");
        var invited = members.createInvitation(invite);
        assertThat(invited.getTemporaryPassword()).isEmpty();
        assertThat(members.createInvitation(invite).getInvitation()).isEqualTo(invited.getInvitation());
        assertThat(members.createInvitation(invite).getAcceptUrl()).isEmpty();
    }

    @Test
    void aPlatformAdminIsInEveryTenantAndAKeyInItsOwn() {
        Place place = identity.newPlace();
        var admin = AccountServiceGrpc.newBlockingStub(identity.asPlatformAdmin(Optional.empty()))
                .getAccount(GetAccountRequest.getDefaultInstance())
                .getAccount();
        assertThat(admin.getPlatformPermissionsList()).contains("platform.tenant.write");
        assertThat(admin.getMembershipsList()).anySatisfy(membership -> {
            assertThat(membership.getTenantId()).isEqualTo(place.tenantId());
            assertThat(membership.getPermissionsList()).contains("member.write");
            assertThat(membership.getTenantTimeZone()).isEqualTo("Asia/Seoul");
        });

        var key = place.newKey(ApiKey.newBuilder()
                .setDisplayName("ci")
                .addScopes(KeyScope.KEY_SCOPE_AGENTS)
                .build());
        var account = AccountServiceGrpc.newBlockingStub(identity.as(Principal.key(
                        key.getApiKey().getKeyId(),
                        "ci",
                        place.tenantId(),
                        place.projectId(),
                        ai.exaone.identity.apikey.KeyScope.AGENTS.permissions(),
                        List.of())))
                .getAccount(GetAccountRequest.getDefaultInstance())
                .getAccount();
        assertThat(account.getSubject()).isEqualTo(key.getApiKey().getKeyId());
        assertThat(account.getMembershipsList()).singleElement().satisfies(membership -> {
            assertThat(membership.getProjectId()).isEqualTo(place.projectId());
            assertThat(membership.getPermissionsList()).contains("agent.write").doesNotContain("apikey.write");
        });
    }

    @Test
    void aViewerReadsAndDoesNotWrite() {
        Place place = identity.newPlace();
        var viewer = identity.asMember(identity.someone("viewer@example.com"), Role.VIEWER, place.tenantId());

        assertThat(ProjectServiceGrpc.newBlockingStub(viewer)
                        .listProjects(ListProjectsRequest.newBuilder()
                                .setTenantId(place.tenantId())
                                .build())
                        .getProjectsCount())
                .isEqualTo(1);
        assertRefused(
                "PERMISSION_DENIED",
                () -> ProjectServiceGrpc.newBlockingStub(viewer)
                        .createProject(CreateProjectRequest.newBuilder()
                                .setTenantId(place.tenantId())
                                .setProject(Project.newBuilder().setName("mine"))
                                .build()));
    }

    private static CreateTenantRequest create(String name, String requestId) {
        return CreateTenantRequest.newBuilder()
                .setTenant(Tenant.newBuilder().setName(name))
                .setRequestId(requestId)
                .build();
    }

    private static TenantServiceGrpc.TenantServiceBlockingStub tenants() {
        return TenantServiceGrpc.newBlockingStub(identity.asPlatformAdmin(Optional.empty()));
    }

    private static ProjectServiceGrpc.ProjectServiceBlockingStub projects(Place place) {
        return ProjectServiceGrpc.newBlockingStub(place.admin());
    }

    private static Map<String, String> values(GetSecretValuesRequest request) {
        return SecretValueServiceGrpc.newBlockingStub(identity.asAgents())
                .getSecretValues(request)
                .getValuesMap();
    }

    private static List<AuditEvent> events(Place place, String prefix) {
        return AuditServiceGrpc.newBlockingStub(place.admin())
                .listAuditEvents(ListAuditEventsRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setActionPrefix(prefix)
                        .build())
                .getAuditEventsList();
    }

    private static String stored(String query) {
        return identity.database()
                .transactions()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).one());
    }
}
