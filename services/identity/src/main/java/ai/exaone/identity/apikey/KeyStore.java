package ai.exaone.identity.apikey;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.id.KeyId;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.store.creation.Creation;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps API keys. Every write records its act, and what gateways must know of it, in the same transaction. Keys of deleted projects
 * are as if they were not. Thread-safe.
 */
public interface KeyStore {
    /**
     * A revoked key.
     *
     * @param revision the log's revision at which the key is gone
     */
    record Revocation(ApiKey key, long revision) {}

    /**
     * A key among all tenants, for comparing with the one presented.
     *
     * @param hash of its secret. The array is not copied: nobody changes it.
     * @param usable whether its tenant is active and its project exists
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Candidate(ApiKey key, byte[] hash, boolean usable) {}

    /**
     * Stores a new key; a repeated request returns the key it made before.
     *
     * @throws PlatformException TENANT_NOT_FOUND, PROJECT_NOT_FOUND, REQUEST_ID_REUSED
     */
    Creation<ApiKey> insert(ApiKey key, byte[] secretHash, Optional<CreationRequest> request, Act act);

    Optional<ApiKey> find(TenantId tenantId, ProjectId projectId, KeyId keyId);

    /** The key of that id, whosever it is: the caller does not know the tenant before the key is proved. */
    Optional<Candidate> findCandidate(KeyId keyId);

    /** A project's keys, newest first, revoked ones included. */
    Page<ApiKey> list(TenantId tenantId, ProjectId projectId, PageRequest page);

    /**
     * Replaces a key by what the change makes of it.
     *
     * @param change pure: it may be applied again
     * @throws PlatformException PROJECT_NOT_FOUND, API_KEY_NOT_FOUND, API_KEY_REVOKED
     */
    ApiKey update(TenantId tenantId, ProjectId projectId, KeyId keyId, UnaryOperator<ApiKey> change, Act act);

    /**
     * Revokes a key for ever. One that is revoked already is returned as it is, with the log's newest revision.
     *
     * @throws PlatformException PROJECT_NOT_FOUND, API_KEY_NOT_FOUND
     */
    Revocation revoke(TenantId tenantId, ProjectId projectId, KeyId keyId, Act act);
}
