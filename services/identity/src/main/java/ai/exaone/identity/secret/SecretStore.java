package ai.exaone.identity.secret;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.util.Map;
import java.util.Set;

/**
 * Keeps secrets, each encrypted for its own tenant, project and name. Every write records its act in the same transaction, without the
 * value. Secrets of deleted projects are destroyed. Thread-safe.
 */
public interface SecretStore {
    /**
     * Sets a secret, new or again.
     *
     * @throws PlatformException PROJECT_NOT_FOUND
     */
    Secret put(TenantId tenantId, ProjectId projectId, String name, SecretValue value, Act act);

    /** A project's secrets, by name. */
    Page<Secret> list(TenantId tenantId, ProjectId projectId, PageRequest page);

    /**
     * Destroys a secret.
     *
     * @throws PlatformException PROJECT_NOT_FOUND, SECRET_NOT_FOUND
     */
    void delete(TenantId tenantId, ProjectId projectId, String name, Act act);

    /** The values of those of the names that exist. */
    Map<String, SecretValue> values(TenantId tenantId, ProjectId projectId, Set<String> names);
}
