package ai.exaone.rpc.interceptor;

import static ai.exaone.rpc.interceptor.ServedTenants.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.FieldViolation;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.identity.internal.v1.ListVerificationKeysRequest;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.proto.identity.v1.CreateTenantRequest;
import ai.exaone.proto.identity.v1.GetTenantRequest;
import ai.exaone.proto.identity.v1.ListTenantsRequest;
import ai.exaone.proto.identity.v1.Tenant;
import ai.exaone.proto.identity.v1.TenantServiceGrpc;
import ai.exaone.proto.identity.v1.UpdateTenantRequest;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.rpc.RpcHeaders;
import ai.exaone.rpc.ServiceName;
import com.google.protobuf.FieldMask;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call through a real server: what each interceptor lets through and how it refuses. */
class InterceptorsTest {
    private static final String OTHER = "tnt_01j9yyyyyyyyyyyyyyyyyyyyyy";

    private final ServedTenants server = new ServedTenants();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theEndpointKnowsWhoCallsAndForWhom() {
        Principal person = member("tenant.read");
        get(server.as(person), TENANT);
        CallContext seen = server.seen().orElseThrow();
        assertThat(seen.principal()).contains(person);
        assertThat(seen.callerService()).contains(ServiceName.GATEWAY);
    }

    @Test
    void nobodyIsRefused() {
        assertThat(refusal(() -> get(server.anonymous(), TENANT)).category()).isEqualTo(ErrorCategory.UNAUTHENTICATED);
    }

    @Test
    void aForgedTokenIsRefused() {
        Metadata headers = new Metadata();
        headers.put(RpcHeaders.AUTHORIZATION, "Bearer e30.e30.e30");
        Channel forged = io.grpc.ClientInterceptors.intercept(
                server.anonymous(), MetadataUtils.newAttachHeadersInterceptor(headers));
        assertThat(refusal(() -> get(forged, TENANT)).category()).isEqualTo(ErrorCategory.UNAUTHENTICATED);
    }

    @Test
    void anotherTenantDoesNotExist() {
        assertThat(refusal(() -> get(server.as(member("tenant.read")), OTHER)).category())
                .isEqualTo(ErrorCategory.NOT_FOUND);
        Principal tenantless = Principal.user("usr_1", "Kim", Optional.empty(), Set.of("tenant.read"));
        assertThat(refusal(() -> get(server.as(tenantless), TENANT)).category()).isEqualTo(ErrorCategory.NOT_FOUND);
    }

    @Test
    void aMissingPermissionIsNamed() {
        PlatformException refusal = refusal(() -> get(server.as(member("project.read")), TENANT));
        assertThat(refusal.category()).isEqualTo(ErrorCategory.PERMISSION_DENIED);
        assertThat(refusal.metadata()).containsEntry("permission", "tenant.read");
    }

    @Test
    void aPermissionOnATenantIsNoneOnTheInstallation() {
        PlatformException refusal = refusal(
                () -> tenants(server.as(member("tenant.read"))).listTenants(ListTenantsRequest.getDefaultInstance()));
        assertThat(refusal.category()).isEqualTo(ErrorCategory.PERMISSION_DENIED);
    }

    @Test
    void aServiceThatIsNotNamedIsRefused() {
        try (ServedTenants served = new ServedTenants(new TokenServiceGrpc.TokenServiceImplBase() {})) {
            Metadata headers = new Metadata();
            headers.put(RpcHeaders.AUTHORIZATION, "Bearer x");
            PlatformException allowed = refusal(() -> TokenServiceGrpc.newBlockingStub(served.anonymous())
                    .listVerificationKeys(ListVerificationKeysRequest.getDefaultInstance()));
            assertThat(allowed.category()).isEqualTo(ErrorCategory.UNIMPLEMENTED);
            PlatformException refused = refusal(() -> TokenServiceGrpc.newBlockingStub(served.anonymous())
                    .issueRunToken(ai.exaone.proto.identity.internal.v1.IssueRunTokenRequest.getDefaultInstance()));
            assertThat(refused.category()).isEqualTo(ErrorCategory.PERMISSION_DENIED);
        }
    }

    @Test
    void everyInvalidFieldIsNamed() {
        PlatformException refusal = refusal(() -> create(Tenant.newBuilder()
                .setName("Not A Name")
                .setDisplayName("x".repeat(121))
                .build()));
        assertThat(refusal.category()).isEqualTo(ErrorCategory.INVALID_ARGUMENT);
        assertThat(refusal.violations())
                .extracting(FieldViolation::field)
                .containsExactly("tenant.name", "tenant.display_name");
    }

    @Test
    void whatOnlyThePlatformSetsCannotBeSent() {
        PlatformException refusal = refusal(() ->
                create(Tenant.newBuilder().setName("acme").setTenantId(TENANT).build()));
        assertThat(refusal.violations()).extracting(FieldViolation::field).containsExactly("tenant.tenant_id");
    }

    @Test
    void whatIsRequiredMustBeThere() {
        PlatformException refusal =
                refusal(() -> create(Tenant.newBuilder().setDisplayName("Acme").build()));
        assertThat(refusal.violations()).extracting(FieldViolation::field).containsExactly("tenant.name");
    }

    @Test
    void anUpdateNamesWhatItChangesAndNothingImmutable() {
        assertThat(refusal(() -> update(Tenant.newBuilder().setDisplayName("B"), FieldMask.getDefaultInstance()))
                        .violations())
                .extracting(FieldViolation::field)
                .containsExactly("update_mask");
        assertThat(refusal(() -> update(Tenant.newBuilder().setName("b-co"), mask("name", "state", "colour")))
                        .violations())
                .extracting(FieldViolation::field)
                .containsExactly("tenant.name", "update_mask", "update_mask", "update_mask");
        update(Tenant.newBuilder().setDisplayName("B"), mask("display_name"));
    }

    @Test
    void onlyThePublicPartOfAFailureArrives() {
        server.answer(() -> {
            throw PlatformException.because(Failing.TENANT_ON_FIRE, "The tenant burns.")
                    .metadata("colour", "red")
                    .retryAfter(Duration.ofSeconds(7))
                    .cause(new IllegalStateException("jdbc:mysql://secret"))
                    .build();
        });
        PlatformException failure = refusal(() -> get(server.as(member("tenant.read")), TENANT));
        assertThat(failure.reason().name()).isEqualTo("TENANT_ON_FIRE");
        assertThat(failure.category()).isEqualTo(ErrorCategory.FAILED_PRECONDITION);
        assertThat(failure.publicMessage()).isEqualTo("The tenant burns.");
        assertThat(failure.metadata()).containsEntry("colour", "red");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(String.valueOf(failure.getCause())).doesNotContain("secret");
    }

    @Test
    void aDefectSaysNothing() {
        server.answer(() -> {
            throw new IllegalStateException("password=hunter2");
        });
        PlatformException failure = refusal(() -> get(server.as(member("tenant.read")), TENANT));
        assertThat(failure.category()).isEqualTo(ErrorCategory.INTERNAL);
        assertThat(failure.toString() + failure.getCause()).doesNotContain("hunter2");
    }

    private void update(Tenant.Builder tenant, FieldMask mask) {
        RpcErrors.call(() -> tenants(server.as(member("tenant.write")))
                .updateTenant(UpdateTenantRequest.newBuilder()
                        .setTenantId(TENANT)
                        .setTenant(tenant)
                        .setUpdateMask(mask)
                        .build()));
    }

    private void create(Tenant tenant) {
        Principal admin = Principal.user("usr_1", "Kim", Optional.empty(), Set.of("platform.tenant.write"));
        RpcErrors.call(() -> tenants(server.as(admin))
                .createTenant(CreateTenantRequest.newBuilder().setTenant(tenant).build()));
    }

    private static void get(Channel channel, String tenantId) {
        RpcErrors.call(() -> tenants(channel)
                .getTenant(GetTenantRequest.newBuilder().setTenantId(tenantId).build()));
    }

    private static FieldMask mask(String... paths) {
        return FieldMask.newBuilder().addAllPaths(java.util.List.of(paths)).build();
    }

    private static TenantServiceGrpc.TenantServiceBlockingStub tenants(Channel channel) {
        return TenantServiceGrpc.newBlockingStub(channel);
    }

    private static Principal member(String permission) {
        return Principal.user("usr_1", "Kim", Optional.of(TENANT), Set.of(permission));
    }

    private static PlatformException refusal(Runnable call) {
        return catchThrowableOfType(
                PlatformException.class,
                () -> RpcErrors.call((Supplier<Object>) () -> {
                    call.run();
                    return "answered";
                }));
    }

    private enum Failing implements ErrorReason {
        TENANT_ON_FIRE;

        @Override
        public ErrorCategory category() {
            return ErrorCategory.FAILED_PRECONDITION;
        }
    }
}
