package ai.exaone.identity.apikey;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.MySqlAuditStore;
import ai.exaone.identity.id.KeyId;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.project.MySqlProjectRows;
import ai.exaone.identity.tenant.MySqlTenantRows;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.Creation;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** API keys in MySQL or MariaDB. */
public final class MySqlKeyStore implements KeyStore {
    private final Transactions transactions;
    private final MySqlCreations creations;
    private final MySqlAuditStore audit;
    private final MySqlKeyLog log;
    private final Clock clock;

    public MySqlKeyStore(
            Transactions transactions, MySqlCreations creations, MySqlAuditStore audit, MySqlKeyLog log, Clock clock) {
        this.transactions = transactions;
        this.creations = creations;
        this.audit = audit;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Creation<ApiKey> insert(ApiKey key, byte[] secretHash, Optional<CreationRequest> request, Act act) {
        return transactions.inTransaction(handle -> {
            Tenant tenant = lockAround(handle, key.tenantId(), key.projectId());
            Optional<String> first = creations.claim(handle, request, key.id().value());
            if (first.isPresent()) {
                return new Creation.Repeated<>(
                        require(handle, key.tenantId(), key.projectId(), new KeyId(first.get()), ""));
            }
            MySqlKeyRows.insert(handle, key, secretHash);
            audit.created(handle, act, Optional.of(key.tenantId()), key);
            log.publish(handle, tenant, key);
            return new Creation.Made<>(key);
        });
    }

    @Override
    public Optional<ApiKey> find(TenantId tenantId, ProjectId projectId, KeyId keyId) {
        return transactions.withHandle(handle -> MySqlKeyRows.find(handle, tenantId, projectId, keyId, ""));
    }

    @Override
    public Optional<Candidate> findCandidate(KeyId keyId) {
        return transactions.withHandle(handle -> handle.createQuery("SELECT " + MySqlKeyRows.COLUMNS + """
                        , k.secret_hash, t.state = 'ACTIVE' AND p.living_name IS NOT NULL AS usable
                          FROM api_key k
                          JOIN project p ON p.project_id = k.project_id
                          JOIN tenant t ON t.tenant_id = k.tenant_id
                         WHERE k.key_id = :id
                        """)
                .bind("id", keyId.value())
                .map((row, context) -> new Candidate(
                        MySqlKeyRows.key(row, context), row.getBytes("secret_hash"), row.getBoolean("usable")))
                .findOne());
    }

    @Override
    public Page<ApiKey> list(TenantId tenantId, ProjectId projectId, PageRequest page) {
        Optional<String> before = page.after();
        List<ApiKey> rows =
                transactions.withHandle(handle -> MySqlKeyRows.list(handle, tenantId, projectId, before, page.rows()));
        return Page.of(page, rows, key -> PageToken.of(key.id().value()));
    }

    @Override
    public ApiKey update(TenantId tenantId, ProjectId projectId, KeyId keyId, UnaryOperator<ApiKey> change, Act act) {
        return transactions.inTransaction(handle -> {
            Tenant tenant = lockAround(handle, tenantId, projectId);
            ApiKey before = require(handle, tenantId, projectId, keyId, "FOR UPDATE");
            if (before.revokedAt().isPresent()) {
                throw new PlatformException(KeyError.API_KEY_REVOKED, "The key was revoked and stays as it was.");
            }
            ApiKey after = change.apply(before);
            MySqlKeyRows.update(handle, after);
            audit.changed(handle, act, Optional.of(tenantId), before, after);
            log.publish(handle, tenant, after);
            return after;
        });
    }

    @Override
    public Revocation revoke(TenantId tenantId, ProjectId projectId, KeyId keyId, Act act) {
        return transactions.inTransaction(handle -> {
            Tenant tenant = lockAround(handle, tenantId, projectId);
            ApiKey before = require(handle, tenantId, projectId, keyId, "FOR UPDATE");
            if (before.revokedAt().isPresent()) {
                return new Revocation(before, log.latest(handle));
            }
            ApiKey after = before.withRevokedAt(clock.instant());
            MySqlKeyRows.update(handle, after);
            audit.changed(handle, act, Optional.of(tenantId), before, after);
            return new Revocation(after, log.publish(handle, tenant, after));
        });
    }

    /** Keeps the tenant's state and the project's existence as they are until the transaction ends. */
    private static Tenant lockAround(Handle handle, TenantId tenantId, ProjectId projectId) {
        Tenant tenant = MySqlTenantRows.share(handle, tenantId);
        MySqlProjectRows.share(handle, tenantId, projectId);
        return tenant;
    }

    private static ApiKey require(Handle handle, TenantId tenantId, ProjectId projectId, KeyId keyId, String locking) {
        return MySqlKeyRows.find(handle, tenantId, projectId, keyId, locking).orElseThrow(KeyError::notFound);
    }
}
