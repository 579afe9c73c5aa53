package ai.exaone.gateway.management;

import ai.exaone.proto.identity.v1.CreateTenantRequest;
import ai.exaone.proto.identity.v1.CreateTenantResponse;
import ai.exaone.proto.identity.v1.GetTenantRequest;
import ai.exaone.proto.identity.v1.GetTenantResponse;
import ai.exaone.proto.identity.v1.ListTenantsRequest;
import ai.exaone.proto.identity.v1.ListTenantsResponse;
import ai.exaone.proto.identity.v1.SuspendTenantRequest;
import ai.exaone.proto.identity.v1.SuspendTenantResponse;
import ai.exaone.proto.identity.v1.Tenant;
import ai.exaone.proto.identity.v1.TenantServiceGrpc;
import ai.exaone.proto.identity.v1.UpdateTenantRequest;
import ai.exaone.proto.identity.v1.UpdateTenantResponse;
import ai.exaone.rpc.CallContext;
import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Tenants that answer what the test says, and remember what they were asked. */
public final class ScriptedTenants extends TenantServiceGrpc.TenantServiceImplBase {
    public final List<Message> requests = new CopyOnWriteArrayList<>();
    public final List<CallContext> contexts = new CopyOnWriteArrayList<>();
    private volatile Supplier<Tenant> answer = Tenant::getDefaultInstance;

    public void answer(Supplier<Tenant> next) {
        answer = next;
    }

    @Override
    public void getTenant(GetTenantRequest request, StreamObserver<GetTenantResponse> responses) {
        Tenant tenant = asked(request);
        responses.onNext(GetTenantResponse.newBuilder().setTenant(tenant).build());
        responses.onCompleted();
    }

    @Override
    public void createTenant(CreateTenantRequest request, StreamObserver<CreateTenantResponse> responses) {
        Tenant tenant = asked(request);
        responses.onNext(CreateTenantResponse.newBuilder().setTenant(tenant).build());
        responses.onCompleted();
    }

    @Override
    public void updateTenant(UpdateTenantRequest request, StreamObserver<UpdateTenantResponse> responses) {
        Tenant tenant = asked(request);
        responses.onNext(UpdateTenantResponse.newBuilder().setTenant(tenant).build());
        responses.onCompleted();
    }

    @Override
    public void listTenants(ListTenantsRequest request, StreamObserver<ListTenantsResponse> responses) {
        Tenant tenant = asked(request);
        responses.onNext(ListTenantsResponse.newBuilder().addTenants(tenant).build());
        responses.onCompleted();
    }

    @Override
    public void suspendTenant(SuspendTenantRequest request, StreamObserver<SuspendTenantResponse> responses) {
        Tenant tenant = asked(request);
        responses.onNext(SuspendTenantResponse.newBuilder().setTenant(tenant).build());
        responses.onCompleted();
    }

    private Tenant asked(Message request) {
        requests.add(request);
        contexts.add(CallContext.current());
        return answer.get();
    }
}
