package ai.exaone.identity.tenant;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.TenantId;
import ai.exaone.proto.identity.v1.CreateTenantRequest;
import ai.exaone.proto.identity.v1.CreateTenantResponse;
import ai.exaone.proto.identity.v1.GetTenantRequest;
import ai.exaone.proto.identity.v1.GetTenantResponse;
import ai.exaone.proto.identity.v1.ListTenantsRequest;
import ai.exaone.proto.identity.v1.ListTenantsResponse;
import ai.exaone.proto.identity.v1.ResumeTenantRequest;
import ai.exaone.proto.identity.v1.ResumeTenantResponse;
import ai.exaone.proto.identity.v1.SuspendTenantRequest;
import ai.exaone.proto.identity.v1.SuspendTenantResponse;
import ai.exaone.proto.identity.v1.TenantServiceGrpc;
import ai.exaone.proto.identity.v1.TenantState;
import ai.exaone.proto.identity.v1.UpdateTenantRequest;
import ai.exaone.proto.identity.v1.UpdateTenantResponse;
import ai.exaone.rpc.TimeWire;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;
import java.time.ZoneId;
import java.util.Set;

/** Tenants on the wire. */
public final class TenantEndpoint extends TenantServiceGrpc.TenantServiceImplBase {
    private static final String DISPLAY_NAME = "display_name";
    private static final String TIME_ZONE = "time_zone";

    private final Tenants tenants;

    public TenantEndpoint(Tenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public void createTenant(CreateTenantRequest request, StreamObserver<CreateTenantResponse> responses) {
        var wanted = request.getTenant();
        Tenant tenant = tenants.create(
                wanted.getName(),
                wanted.getDisplayName(),
                timeZone(wanted.getTimeZone()),
                CreationRequest.of("", request),
                Actor.current());
        responses.onNext(
                CreateTenantResponse.newBuilder().setTenant(wire(tenant)).build());
        responses.onCompleted();
    }

    @Override
    public void getTenant(GetTenantRequest request, StreamObserver<GetTenantResponse> responses) {
        Tenant tenant = tenants.get(new TenantId(request.getTenantId()));
        responses.onNext(GetTenantResponse.newBuilder().setTenant(wire(tenant)).build());
        responses.onCompleted();
    }

    @Override
    public void listTenants(ListTenantsRequest request, StreamObserver<ListTenantsResponse> responses) {
        Page<Tenant> page = tenants.list(PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListTenantsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(TenantEndpoint::wire).forEach(response::addTenants);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void updateTenant(UpdateTenantRequest request, StreamObserver<UpdateTenantResponse> responses) {
        var values = request.getTenant();
        Set<String> fields = Set.copyOf(request.getUpdateMask().getPathsList());
        ZoneId timeZone = timeZone(values.getTimeZone());
        Tenant tenant = tenants.update(
                new TenantId(request.getTenantId()),
                before -> {
                    Tenant after = before;
                    if (fields.contains(DISPLAY_NAME)) {
                        after = after.withDisplayName(
                                values.getDisplayName().isBlank() ? before.name() : values.getDisplayName());
                    }
                    return fields.contains(TIME_ZONE) ? after.withTimeZone(timeZone) : after;
                },
                Actor.current());
        responses.onNext(
                UpdateTenantResponse.newBuilder().setTenant(wire(tenant)).build());
        responses.onCompleted();
    }

    @Override
    public void suspendTenant(SuspendTenantRequest request, StreamObserver<SuspendTenantResponse> responses) {
        Tenant tenant = tenants.suspend(new TenantId(request.getTenantId()), Actor.current());
        responses.onNext(
                SuspendTenantResponse.newBuilder().setTenant(wire(tenant)).build());
        responses.onCompleted();
    }

    @Override
    public void resumeTenant(ResumeTenantRequest request, StreamObserver<ResumeTenantResponse> responses) {
        Tenant tenant = tenants.resume(new TenantId(request.getTenantId()), Actor.current());
        responses.onNext(
                ResumeTenantResponse.newBuilder().setTenant(wire(tenant)).build());
        responses.onCompleted();
    }

    private static ZoneId timeZone(String name) {
        if (name.isEmpty()) {
            return Tenant.DEFAULT_TIME_ZONE;
        }
        // Not every ZoneId has a name of the IANA's: "+09:00" is one too.
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw PlatformException.because(TenantError.TIME_ZONE_UNKNOWN, "There is no time zone of that name.")
                    .violation("tenant.time_zone", "is not the name of an IANA time zone")
                    .build();
        }
        return ZoneId.of(name);
    }

    private static ai.exaone.proto.identity.v1.Tenant wire(Tenant tenant) {
        return ai.exaone.proto.identity.v1.Tenant.newBuilder()
                .setTenantId(tenant.id().value())
                .setName(tenant.name())
                .setDisplayName(tenant.displayName())
                .setTimeZone(tenant.timeZone().getId())
                .setState(
                        switch (tenant.state()) {
                            case ACTIVE -> TenantState.TENANT_STATE_ACTIVE;
                            case SUSPENDED -> TenantState.TENANT_STATE_SUSPENDED;
                        })
                .setCreateTime(TimeWire.of(tenant.createdAt()))
                .build();
    }
}
