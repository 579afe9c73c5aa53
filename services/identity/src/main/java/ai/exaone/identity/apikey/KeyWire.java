package ai.exaone.identity.apikey;

import ai.exaone.proto.identity.internal.v1.KeyPrincipal;
import ai.exaone.proto.identity.v1.KeyState;
import ai.exaone.rpc.TimeWire;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** API keys between the domain and the wire. */
public final class KeyWire {
    private KeyWire() {}

    /** Who a key is, as gateways keep it. */
    public static KeyPrincipal principal(ApiKey key) {
        var principal = KeyPrincipal.newBuilder()
                .setKeyId(key.id().value())
                .setTenantId(key.tenantId().value())
                .setProjectId(key.projectId().value())
                .addAllScopes(
                        key.scopes().stream().sorted().map(KeyScope::wireName).toList())
                .addAllModels(key.models());
        key.expiresAt().map(TimeWire::of).ifPresent(principal::setExpireTime);
        return principal.build();
    }

    /** The value of the key's entry in the log that gateways follow. */
    static byte[] serialised(ApiKey key) {
        return principal(key).toByteArray();
    }

    static ai.exaone.proto.identity.v1.ApiKey of(ApiKey key, Instant now) {
        var wire = ai.exaone.proto.identity.v1.ApiKey.newBuilder()
                .setKeyId(key.id().value())
                .setTenantId(key.tenantId().value())
                .setProjectId(key.projectId().value())
                .setDisplayName(key.displayName())
                .addAllModels(key.models())
                .setState(state(key.state(now)))
                .setPrefix(PresentedKey.shownPrefix(key.id()))
                .setCreatedBy(key.createdBy())
                .setCreateTime(TimeWire.of(key.createdAt()));
        key.scopes().stream().sorted().map(KeyWire::scope).forEach(wire::addScopes);
        key.expiresAt().map(TimeWire::of).ifPresent(wire::setExpireTime);
        key.revokedAt().map(TimeWire::of).ifPresent(wire::setRevokeTime);
        return wire.build();
    }

    static Set<KeyScope> scopes(Collection<ai.exaone.proto.identity.v1.KeyScope> wire) {
        var scopes = EnumSet.noneOf(KeyScope.class);
        wire.forEach(scope -> scopes.add(
                switch (scope) {
                    case KEY_SCOPE_INFERENCE -> KeyScope.INFERENCE;
                    case KEY_SCOPE_AGENTS -> KeyScope.AGENTS;
                    case KEY_SCOPE_USAGE -> KeyScope.USAGE;
                    case KEY_SCOPE_METRICS -> KeyScope.METRICS;
                    case KEY_SCOPE_UNSPECIFIED, UNRECOGNIZED ->
                        throw new IllegalArgumentException("Validation lets no scope " + scope + " through");
                }));
        return scopes;
    }

    private static ai.exaone.proto.identity.v1.KeyScope scope(KeyScope scope) {
        return switch (scope) {
            case INFERENCE -> ai.exaone.proto.identity.v1.KeyScope.KEY_SCOPE_INFERENCE;
            case AGENTS -> ai.exaone.proto.identity.v1.KeyScope.KEY_SCOPE_AGENTS;
            case USAGE -> ai.exaone.proto.identity.v1.KeyScope.KEY_SCOPE_USAGE;
            case METRICS -> ai.exaone.proto.identity.v1.KeyScope.KEY_SCOPE_METRICS;
        };
    }

    private static KeyState state(ApiKey.State state) {
        return switch (state) {
            case ACTIVE -> KeyState.KEY_STATE_ACTIVE;
            case EXPIRED -> KeyState.KEY_STATE_EXPIRED;
            case REVOKED -> KeyState.KEY_STATE_REVOKED;
        };
    }
}
