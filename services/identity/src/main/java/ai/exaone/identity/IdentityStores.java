package ai.exaone.identity;

import ai.exaone.identity.apikey.KeyStore;
import ai.exaone.identity.apikey.MySqlKeyLog;
import ai.exaone.identity.apikey.MySqlKeyRows;
import ai.exaone.identity.apikey.MySqlKeyStore;
import ai.exaone.identity.audit.MySqlAuditStore;
import ai.exaone.identity.keycloak.MirrorState;
import ai.exaone.identity.keycloak.MirrorTasks;
import ai.exaone.identity.keycloak.MySqlMirrorState;
import ai.exaone.identity.keycloak.MySqlMirrorTasks;
import ai.exaone.identity.membership.InvitationStore;
import ai.exaone.identity.membership.MemberStore;
import ai.exaone.identity.membership.MySqlFirstAdmin;
import ai.exaone.identity.membership.MySqlInvitationStore;
import ai.exaone.identity.membership.MySqlMemberStore;
import ai.exaone.identity.membership.MySqlNewAccountStore;
import ai.exaone.identity.membership.NewAccountStore;
import ai.exaone.identity.person.MySqlPersonStore;
import ai.exaone.identity.person.PersonStore;
import ai.exaone.identity.project.MySqlProjectStore;
import ai.exaone.identity.project.ProjectStore;
import ai.exaone.identity.secret.MySqlSecretStore;
import ai.exaone.identity.secret.SecretStore;
import ai.exaone.identity.session.MySqlSessionStore;
import ai.exaone.identity.session.SessionStore;
import ai.exaone.identity.tenancy.MySqlTenancyLog;
import ai.exaone.identity.tenant.MySqlTenantStore;
import ai.exaone.identity.tenant.TenantStore;
import ai.exaone.identity.token.MySqlSigningKeyStore;
import ai.exaone.identity.token.SigningKeyStore;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.store.crypto.MasterKey;
import java.time.Clock;
import java.util.List;

/**
 * Everything that identity keeps, on one database, and who takes part in whose transactions: a tenant's creator becomes its first
 * admin, its suspension takes its keys out of the log, a project takes its keys and
 * secrets along, and the other services hear of both.
 */
public record IdentityStores(
        TenantStore tenants,
        ProjectStore projects,
        PersonStore people,
        MemberStore members,
        InvitationStore invitations,
        NewAccountStore newAccounts,
        KeyStore keys,
        MySqlKeyLog keyLog,
        MySqlTenancyLog tenancyLog,
        SecretStore secrets,
        SessionStore sessions,
        SigningKeyStore signingKeys,
        MySqlAuditStore audit,
        MirrorTasks mirrorTasks,
        MirrorState mirrorState,
        MySqlCreations creations) {

    /** The stores on a migrated database. */
    public static IdentityStores on(Transactions database, MasterKey masterKey, IdGenerator ids, Clock clock) {
        var creations = new MySqlCreations(database, clock);
        var audit = new MySqlAuditStore(database, ids, clock);
        var mirror = new MySqlMirrorTasks(database, clock);
        var keyLog = new MySqlKeyLog(database, new ChangeLog(database, MySqlKeyLog.NAME, clock), clock);
        var tenancyLog = new MySqlTenancyLog(database, new ChangeLog(database, MySqlTenancyLog.NAME, clock));
        var secrets = new MySqlSecretStore(database, masterKey, audit, clock);
        return new IdentityStores(
                new MySqlTenantStore(
                        database, creations, audit, mirror, List.of(new MySqlFirstAdmin(mirror), keyLog, tenancyLog)),
                new MySqlProjectStore(
                        database, creations, audit, List.of(new MySqlKeyRows(keyLog, clock), secrets, tenancyLog)),
                new MySqlPersonStore(database, ids, clock),
                new MySqlMemberStore(database, audit, mirror),
                new MySqlInvitationStore(database, creations, audit, mirror, clock),
                new MySqlNewAccountStore(database, clock),
                new MySqlKeyStore(database, creations, audit, keyLog, clock),
                keyLog,
                tenancyLog,
                secrets,
                new MySqlSessionStore(database, masterKey, audit),
                new MySqlSigningKeyStore(database, masterKey),
                audit,
                mirror,
                new MySqlMirrorState(database),
                creations);
    }
}
