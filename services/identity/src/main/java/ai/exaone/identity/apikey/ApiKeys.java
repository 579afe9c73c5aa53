package ai.exaone.identity.apikey;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.KeyId;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.creation.Creation;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is done with API keys. Thread-safe. */
public final class ApiKeys {
    /** How long a revocation waits for the gateways. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final KeyStore store;
    private final KeyHasher hasher;
    private final GatewayAcknowledgements gateways;
    private final IdGenerator ids;
    private final SecureRandom random;
    private final Clock clock;

    public ApiKeys(
            KeyStore store,
            KeyHasher hasher,
            GatewayAcknowledgements gateways,
            IdGenerator ids,
            SecureRandom random,
            Clock clock) {
        this.store = store;
        this.hasher = hasher;
        this.gateways = gateways;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A key and, where it was made just now, its secret.
     *
     * @param secret the key as a caller presents it, shown only here; empty where the request was repeated
     */
    record Created(ApiKey key, Optional<PresentedKey> secret) {}

    /** A revoked key, and the gateways that had not confirmed it within {@link #LONGEST_WAIT}. */
    record Revoked(ApiKey key, List<String> unconfirmedGateways) {
        Revoked {
            unconfirmedGateways = List.copyOf(unconfirmedGateways);
        }
    }

    /**
     * Makes a key.
     *
     * @throws PlatformException API_KEY_EXPIRY_PAST, PROJECT_NOT_FOUND, REQUEST_ID_REUSED
     */
    Created create(NewApiKey wanted, Optional<CreationRequest> request, Actor actor) {
        wanted.expiresAt().ifPresent(this::requireFuture);
        var id = new KeyId(ids.next(KeyId.PREFIX));
        PresentedKey secret = PresentedKey.generate(id, random);
        var key = new ApiKey(
                id,
                wanted.tenantId(),
                wanted.projectId(),
                wanted.displayName(),
                wanted.scopes(),
                wanted.models(),
                wanted.expiresAt(),
                actor.subject(),
                clock.instant(),
                Optional.empty());
        return switch (store.insert(key, hasher.hash(secret), request, new Act(actor, "apikey.create"))) {
            case Creation.Made<ApiKey>(ApiKey made) -> new Created(made, Optional.of(secret));
            case Creation.Repeated<ApiKey>(ApiKey first) -> new Created(first, Optional.empty());
        };
    }

    ApiKey get(TenantId tenantId, ProjectId projectId, KeyId keyId) {
        return store.find(tenantId, projectId, keyId).orElseThrow(KeyError::notFound);
    }

    Page<ApiKey> list(TenantId tenantId, ProjectId projectId, PageRequest page) {
        return store.list(tenantId, projectId, page);
    }

    /**
     * Changes a key.
     *
     * @param change pure
     * @throws PlatformException API_KEY_NOT_FOUND, API_KEY_REVOKED, API_KEY_EXPIRY_PAST
     */
    ApiKey update(TenantId tenantId, ProjectId projectId, KeyId keyId, UnaryOperator<ApiKey> change, Actor actor) {
        UnaryOperator<ApiKey> checked = before -> {
            ApiKey after = change.apply(before);
            if (!after.expiresAt().equals(before.expiresAt())) {
                after.expiresAt().ifPresent(this::requireFuture);
            }
            return after;
        };
        return store.update(tenantId, projectId, keyId, checked, new Act(actor, "apikey.update"));
    }

    /** Revokes a key for ever, and waits a little for the gateways to refuse it. Repeating it asks the gateways again. */
    Revoked revoke(TenantId tenantId, ProjectId projectId, KeyId keyId, Actor actor) {
        var revocation = store.revoke(tenantId, projectId, keyId, new Act(actor, "apikey.revoke"));
        return new Revoked(revocation.key(), gateways.await(revocation.revision(), LONGEST_WAIT));
    }

    /**
     * The key that a caller presents.
     *
     * @throws PlatformException API_KEY_INVALID if it is not accepted, for whatever reason
     */
    public ApiKey authenticate(String presented) {
        PresentedKey key = PresentedKey.parse(presented).orElseThrow(KeyError::invalid);
        KeyStore.Candidate candidate = store.findCandidate(key.id()).orElseThrow(KeyError::invalid);
        if (!hasher.matches(key, candidate.hash()) || !isAccepted(candidate)) {
            throw KeyError.invalid();
        }
        return candidate.key();
    }

    /**
     * A key whose owner is not here to present it, such as that of a run which goes on.
     *
     * @throws PlatformException API_KEY_INVALID if it would not be accepted any more
     */
    public ApiKey requireAccepted(KeyId keyId) {
        return store.findCandidate(keyId)
                .filter(this::isAccepted)
                .map(KeyStore.Candidate::key)
                .orElseThrow(KeyError::invalid);
    }

    private boolean isAccepted(KeyStore.Candidate candidate) {
        return candidate.usable() && candidate.key().state(clock.instant()) == ApiKey.State.ACTIVE;
    }

    private void requireFuture(Instant end) {
        if (!end.isAfter(clock.instant())) {
            throw PlatformException.because(KeyError.API_KEY_EXPIRY_PAST, "A key expires in the future or never.")
                    .violation("api_key.expire_time", "is not in the future")
                    .build();
        }
    }
}
