package ai.exaone.rpc.interceptor;

import ai.exaone.proto.identity.v1.CreateTenantRequest;
import ai.exaone.proto.identity.v1.CreateTenantResponse;
import ai.exaone.proto.identity.v1.GetTenantRequest;
import ai.exaone.proto.identity.v1.GetTenantResponse;
import ai.exaone.proto.identity.v1.Tenant;
import ai.exaone.proto.identity.v1.TenantServiceGrpc;
import ai.exaone.proto.identity.v1.UpdateTenantRequest;
import ai.exaone.proto.identity.v1.UpdateTenantResponse;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcConfig;
import ai.exaone.rpc.RpcServer;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.token.TokenSigner;
import ai.exaone.rpc.token.TokenVerifier;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A real server in this process with all interceptors, whose tenants answer what the test says. */
final class ServedTenants extends TenantServiceGrpc.TenantServiceImplBase implements AutoCloseable {
    static final String TENANT = "tnt_01j9zzzzzzzzzzzzzzzzzzzzzz";

    private final KeyPair keys = keyPair();
    private final RpcConfig config =
            new RpcConfig("in-process", UUID.randomUUID().toString(), 0, "127.0.0.1", null, null);
    private final RpcChannels channels = new RpcChannels(ServiceName.GATEWAY, config);
    private final RpcServer server;
    private volatile Supplier<Tenant> answer = Tenant::getDefaultInstance;
    private volatile Optional<CallContext> seen = Optional.empty();

    ServedTenants(BindableService... others) {
        TokenVerifier tokens = new TokenVerifier(keyId -> Optional.of(keys.getPublic()), Clock.systemUTC());
        List<BindableService> endpoints = new ArrayList<>(List.of(others));
        endpoints.add(this);
        server = RpcServer.start(
                ServiceName.IDENTITY,
                config,
                endpoints,
                RpcServerInterceptors.inOrder(tokens, new SimpleMeterRegistry(), session -> Optional.empty()));
    }

    void answer(Supplier<Tenant> next) {
        answer = next;
    }

    Optional<CallContext> seen() {
        return seen;
    }

    Channel anonymous() {
        return channels.to(ServiceName.IDENTITY);
    }

    Channel as(Principal principal) {
        TokenSigner signer = new TokenSigner("test", keys.getPrivate(), Clock.systemUTC());
        return RpcChannels.asCaller(anonymous(), signer.sign(principal, Duration.ofMinutes(1)));
    }

    @Override
    public void getTenant(GetTenantRequest request, StreamObserver<GetTenantResponse> responses) {
        seen = Optional.of(CallContext.current());
        responses.onNext(GetTenantResponse.newBuilder().setTenant(answer.get()).build());
        responses.onCompleted();
    }

    @Override
    public void createTenant(CreateTenantRequest request, StreamObserver<CreateTenantResponse> responses) {
        responses.onNext(
                CreateTenantResponse.newBuilder().setTenant(request.getTenant()).build());
        responses.onCompleted();
    }

    @Override
    public void updateTenant(UpdateTenantRequest request, StreamObserver<UpdateTenantResponse> responses) {
        responses.onNext(
                UpdateTenantResponse.newBuilder().setTenant(request.getTenant()).build());
        responses.onCompleted();
    }

    @Override
    public void close() {
        channels.close();
        server.close();
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
