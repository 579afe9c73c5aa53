package ai.exaone.identity.apikey;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.KeyId;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.membership.Role;
import ai.exaone.proto.identity.v1.ApiKeyServiceGrpc;
import ai.exaone.proto.identity.v1.CreateApiKeyRequest;
import ai.exaone.proto.identity.v1.CreateApiKeyResponse;
import ai.exaone.proto.identity.v1.GetApiKeyRequest;
import ai.exaone.proto.identity.v1.GetApiKeyResponse;
import ai.exaone.proto.identity.v1.ListApiKeysRequest;
import ai.exaone.proto.identity.v1.ListApiKeysResponse;
import ai.exaone.proto.identity.v1.RevokeApiKeyRequest;
import ai.exaone.proto.identity.v1.RevokeApiKeyResponse;
import ai.exaone.proto.identity.v1.UpdateApiKeyRequest;
import ai.exaone.proto.identity.v1.UpdateApiKeyResponse;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.TimeWire;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** API keys on the wire. */
public final class ApiKeyEndpoint extends ApiKeyServiceGrpc.ApiKeyServiceImplBase {
    private static final String DISPLAY_NAME = "display_name";
    private static final String SCOPES = "scopes";
    private static final String MODELS = "models";
    private static final String EXPIRE_TIME = "expire_time";

    private final ApiKeys keys;
    private final Clock clock;

    public ApiKeyEndpoint(ApiKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void createApiKey(CreateApiKeyRequest request, StreamObserver<CreateApiKeyResponse> responses) {
        var values = request.getApiKey();
        var wanted = new NewApiKey(
                new TenantId(request.getTenantId()),
                new ProjectId(request.getProjectId()),
                values.getDisplayName(),
                grantable(KeyWire.scopes(values.getScopesList())),
                values.getModelsList(),
                expiry(values));
        ApiKeys.Created created =
                keys.create(wanted, CreationRequest.of(request.getTenantId(), request), Actor.current());
        responses.onNext(CreateApiKeyResponse.newBuilder()
                .setApiKey(wire(created.key()))
                .setSecret(created.secret().map(PresentedKey::reveal).orElse(""))
                .build());
        responses.onCompleted();
    }

    @Override
    public void getApiKey(GetApiKeyRequest request, StreamObserver<GetApiKeyResponse> responses) {
        ApiKey key = keys.get(
                new TenantId(request.getTenantId()),
                new ProjectId(request.getProjectId()),
                new KeyId(request.getKeyId()));
        responses.onNext(GetApiKeyResponse.newBuilder().setApiKey(wire(key)).build());
        responses.onCompleted();
    }

    @Override
    public void listApiKeys(ListApiKeysRequest request, StreamObserver<ListApiKeysResponse> responses) {
        Page<ApiKey> page = keys.list(
                new TenantId(request.getTenantId()),
                new ProjectId(request.getProjectId()),
                PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListApiKeysResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(this::wire).forEach(response::addApiKeys);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void updateApiKey(UpdateApiKeyRequest request, StreamObserver<UpdateApiKeyResponse> responses) {
        Set<String> fields = Set.copyOf(request.getUpdateMask().getPathsList());
        ApiKey key = keys.update(
                new TenantId(request.getTenantId()),
                new ProjectId(request.getProjectId()),
                new KeyId(request.getKeyId()),
                change(request.getApiKey(), fields),
                Actor.current());
        responses.onNext(UpdateApiKeyResponse.newBuilder().setApiKey(wire(key)).build());
        responses.onCompleted();
    }

    @Override
    public void revokeApiKey(RevokeApiKeyRequest request, StreamObserver<RevokeApiKeyResponse> responses) {
        ApiKeys.Revoked revoked = keys.revoke(
                new TenantId(request.getTenantId()),
                new ProjectId(request.getProjectId()),
                new KeyId(request.getKeyId()),
                Actor.current());
        responses.onNext(RevokeApiKeyResponse.newBuilder()
                .setApiKey(wire(revoked.key()))
                .addAllUnconfirmedGateways(revoked.unconfirmedGateways())
                .build());
        responses.onCompleted();
    }

    private static UnaryOperator<ApiKey> change(ai.exaone.proto.identity.v1.ApiKey values, Set<String> fields) {
        Set<KeyScope> scopes = fields.contains(SCOPES) ? grantable(KeyWire.scopes(values.getScopesList())) : Set.of();
        if (fields.contains(SCOPES) && scopes.isEmpty()) {
            throw PlatformException.because(KeyError.API_KEY_SCOPE_MISSING, "A key needs at least one scope.")
                    .violation("api_key.scopes", "is empty")
                    .build();
        }
        return before -> {
            ApiKey after = before;
            if (fields.contains(DISPLAY_NAME)) {
                after = after.withDisplayName(values.getDisplayName());
            }
            if (fields.contains(SCOPES)) {
                after = after.withScopes(scopes);
            }
            if (fields.contains(MODELS)) {
                after = after.withModels(values.getModelsList());
            }
            return fields.contains(EXPIRE_TIME) ? after.withExpiresAt(expiry(values)) : after;
        };
    }

    private static Set<KeyScope> grantable(Set<KeyScope> scopes) {
        if (scopes.contains(KeyScope.METRICS)
                && !CallContext.current().requirePrincipal().may(Role.METRICS)) {
            throw new PlatformException(
                    KeyError.API_KEY_SCOPE_DENIED, "Only a platform admin may give a key the scope METRICS.");
        }
        return scopes;
    }

    private static Optional<Instant> expiry(ai.exaone.proto.identity.v1.ApiKey values) {
        return values.hasExpireTime() ? Optional.of(TimeWire.of(values.getExpireTime())) : Optional.empty();
    }

    private ai.exaone.proto.identity.v1.ApiKey wire(ApiKey key) {
        return KeyWire.of(key, clock.instant());
    }
}
