package ai.exaone.gateway.auth;

import ai.exaone.proto.identity.internal.v1.KeyPrincipal;
import ai.exaone.rpc.TimeWire;
import java.util.Optional;
import java.util.Set;

/** Keys as identity tells of them. */
final class KeyWire {
    private KeyWire() {}

    static AcceptedKey accepted(KeyPrincipal key) {
        return new AcceptedKey(
                key.getKeyId(),
                Set.copyOf(key.getScopesList()),
                key.getModelsList(),
                key.hasExpireTime() ? Optional.of(TimeWire.of(key.getExpireTime())) : Optional.empty());
    }
}
