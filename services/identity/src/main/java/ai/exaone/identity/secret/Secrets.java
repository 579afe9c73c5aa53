package ai.exaone.identity.secret;

import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.util.Map;
import java.util.Set;

/** What is done with secrets. Thread-safe. */
public final class Secrets {
    private final SecretStore store;

    public Secrets(SecretStore store) {
        this.store = store;
    }

    Secret set(TenantId tenantId, ProjectId projectId, String name, SecretValue value, Actor actor) {
        return store.put(tenantId, projectId, name, value, new Act(actor, "secret.set"));
    }

    Page<Secret> list(TenantId tenantId, ProjectId projectId, PageRequest page) {
        return store.list(tenantId, projectId, page);
    }

    void delete(TenantId tenantId, ProjectId projectId, String name, Actor actor) {
        store.delete(tenantId, projectId, name, new Act(actor, "secret.delete"));
    }

    /** The values of those of the names that exist, for the tools that use them. */
    Map<String, SecretValue> values(TenantId tenantId, ProjectId projectId, Set<String> names) {
        return store.values(tenantId, projectId, names);
    }
}
