package ai.exaone.identity;

import ai.exaone.identity.BackgroundWork.Chore;
import ai.exaone.identity.account.AccountEndpoint;
import ai.exaone.identity.account.Accounts;
import ai.exaone.identity.apikey.ApiKeyEndpoint;
import ai.exaone.identity.apikey.ApiKeys;
import ai.exaone.identity.apikey.GatewayAcknowledgements;
import ai.exaone.identity.apikey.KeyHasher;
import ai.exaone.identity.apikey.KeyStore;
import ai.exaone.identity.apikey.MySqlKeyLog;
import ai.exaone.identity.apikey.MySqlKeyRows;
import ai.exaone.identity.apikey.MySqlKeyStore;
import ai.exaone.identity.apikey.RpcKeyLog;
import ai.exaone.identity.audit.ActorNames;
import ai.exaone.identity.audit.AuditEndpoint;
import ai.exaone.identity.audit.AuditRecordEndpoint;
import ai.exaone.identity.audit.AuditTrail;
import ai.exaone.identity.audit.MySqlAuditStore;
import ai.exaone.identity.id.KeyId;
import ai.exaone.identity.id.ResourceId;
import ai.exaone.identity.id.UserId;
import ai.exaone.identity.keycloak.ClientAccount;
import ai.exaone.identity.keycloak.KeycloakAccounts;
import ai.exaone.identity.keycloak.KeycloakAdministration;
import ai.exaone.identity.keycloak.KeycloakConfig;
import ai.exaone.identity.keycloak.KeycloakHttp;
import ai.exaone.identity.keycloak.KeycloakOrganizations;
import ai.exaone.identity.keycloak.KeycloakRealm;
import ai.exaone.identity.keycloak.KeycloakSignIn;
import ai.exaone.identity.keycloak.KeycloakTokens;
import ai.exaone.identity.keycloak.MySqlMirrorState;
import ai.exaone.identity.keycloak.MySqlMirrorTasks;
import ai.exaone.identity.keycloak.OrganizationMirror;
import ai.exaone.identity.keycloak.SignInServer;
import ai.exaone.identity.membership.InvitationStore;
import ai.exaone.identity.membership.Invitations;
import ai.exaone.identity.membership.InvitedAccounts;
import ai.exaone.identity.membership.MemberEndpoint;
import ai.exaone.identity.membership.MemberStore;
import ai.exaone.identity.membership.Members;
import ai.exaone.identity.membership.MySqlFirstAdmin;
import ai.exaone.identity.membership.MySqlInvitationStore;
import ai.exaone.identity.membership.MySqlMemberStore;
import ai.exaone.identity.membership.MySqlNewAccountStore;
import ai.exaone.identity.person.MySqlPersonStore;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.PersonStore;
import ai.exaone.identity.project.MySqlProjectStore;
import ai.exaone.identity.project.ProjectEndpoint;
import ai.exaone.identity.project.ProjectStore;
import ai.exaone.identity.project.Projects;
import ai.exaone.identity.request.MySqlRequestMemory;
import ai.exaone.identity.secret.MySqlSecretStore;
import ai.exaone.identity.secret.SecretEndpoint;
import ai.exaone.identity.secret.SecretValueEndpoint;
import ai.exaone.identity.secret.Secrets;
import ai.exaone.identity.session.MySqlSessionStore;
import ai.exaone.identity.session.SessionEndpoint;
import ai.exaone.identity.session.Sessions;
import ai.exaone.identity.tenant.MySqlTenantStore;
import ai.exaone.identity.tenant.TenantEndpoint;
import ai.exaone.identity.tenant.TenantStore;
import ai.exaone.identity.tenant.Tenants;
import ai.exaone.identity.token.KeyExchange;
import ai.exaone.identity.token.MySqlSigningKeyStore;
import ai.exaone.identity.token.PersonExchange;
import ai.exaone.identity.token.PersonPrincipals;
import ai.exaone.identity.token.RunTokens;
import ai.exaone.identity.token.SigningKeyStore;
import ai.exaone.identity.token.SigningKeys;
import ai.exaone.identity.token.TokenEndpoint;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.watch.WatchServer;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.Database;
import ai.exaone.store.Migrations;
import ai.exaone.store.StoredTime;
import ai.exaone.store.Transactions;
import ai.exaone.store.crypto.MasterKey;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The parts of identity, and how they hang together. */
@Factory
final class IdentityFactory {
    private static final Duration MIRROR_PAUSE = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long KEPT_CHANGES = 10_000;

    @Singleton
    Clock clock() {
        return StoredTime.clock();
    }

    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    @Singleton
    IdGenerator ids(Clock clock, SecureRandom random) {
        return new IdGenerator(clock, random);
    }

    @Singleton
    MasterKey masterKey(InstallationConfig installation) {
        return MasterKey.read(installation.secretsDir());
    }

    @Singleton
    @Bean(preDestroy = "close")
    Database database(DatabaseSettings settings) {
        Database database = Database.open("identity", settings.config());
        Migrations.migrate(database, "identity");
        return database;
    }

    @Singleton
    Transactions transactions(Database database) {
        return database.transactions();
    }

    @Singleton
    MySqlRequestMemory requests(Clock clock) {
        return new MySqlRequestMemory(clock);
    }

    @Singleton
    MySqlAuditStore audit(Transactions transactions, IdGenerator ids, Clock clock) {
        return new MySqlAuditStore(transactions, ids, clock);
    }

    @Singleton
    MySqlMirrorTasks mirrorTasks(Transactions transactions, Clock clock) {
        return new MySqlMirrorTasks(transactions, clock);
    }

    @Singleton
    MySqlKeyLog keyLog(Transactions transactions, Clock clock) {
        return new MySqlKeyLog(transactions, new ChangeLog(transactions, MySqlKeyLog.NAME, clock), clock);
    }

    @Singleton
    RpcKeyLog keyWatch(MySqlKeyLog log) {
        return new RpcKeyLog(log);
    }

    @Singleton
    PersonStore people(Transactions transactions, IdGenerator ids, Clock clock) {
        return new MySqlPersonStore(transactions, ids, clock);
    }

    @Singleton
    TenantStore tenantStore(
            Transactions transactions,
            MySqlRequestMemory requests,
            MySqlAuditStore audit,
            MySqlMirrorTasks mirror,
            MySqlKeyLog keyLog) {
        return new MySqlTenantStore(
                transactions, requests, audit, mirror, List.of(new MySqlFirstAdmin(mirror), keyLog));
    }

    @Singleton
    TenantEndpoint tenants(TenantStore store, PersonStore people, IdGenerator ids, Clock clock) {
        return new TenantEndpoint(new Tenants(store, people, ids, clock));
    }

    @Singleton
    ProjectStore projectStore(
            Transactions transactions,
            MySqlRequestMemory requests,
            MySqlAuditStore audit,
            MySqlKeyLog keyLog,
            MySqlSecretStore secrets,
            Clock clock) {
        return new MySqlProjectStore(
                transactions, requests, audit, List.of(new MySqlKeyRows(keyLog, clock), secrets));
    }

    @Singleton
    Projects projects(ProjectStore store, IdGenerator ids, Clock clock) {
        return new Projects(store, ids, clock);
    }

    @Singleton
    ProjectEndpoint projectEndpoint(Projects projects) {
        return new ProjectEndpoint(projects);
    }

    @Singleton
    KeyStore keyStore(
            Transactions transactions,
            MySqlRequestMemory requests,
            MySqlAuditStore audit,
            MySqlKeyLog log,
            Clock clock) {
        return new MySqlKeyStore(transactions, requests, audit, log, clock);
    }

    @Singleton
    ApiKeys apiKeys(
            KeyStore store,
            InstallationConfig installation,
            Provider<WatchServer> watches,
            IdGenerator ids,
            SecureRandom random,
            Clock clock) {
        GatewayAcknowledgements gateways =
                (revision, atMost) -> watches.get().awaitAcknowledged(MySqlKeyLog.NAME, revision, atMost);
        return new ApiKeys(store, new KeyHasher(installation.readPepper()), gateways, ids, random, clock);
    }

    @Singleton
    ApiKeyEndpoint apiKeyEndpoint(ApiKeys keys, Clock clock) {
        return new ApiKeyEndpoint(keys, clock);
    }

    @Singleton
    SigningKeyStore signingKeyStore(Transactions transactions, MasterKey masterKey) {
        return new MySqlSigningKeyStore(transactions, masterKey);
    }

    @Singleton
    SigningKeys signingKeys(SigningKeyStore store, IdGenerator ids, Clock clock) {
        return new SigningKeys(store, ids, clock);
    }

    @Singleton
    MySqlSecretStore secretStore(
            Transactions transactions, MasterKey masterKey, MySqlAuditStore audit, Clock clock) {
        return new MySqlSecretStore(transactions, masterKey, audit, clock);
    }

    @Singleton
    Secrets secrets(MySqlSecretStore store) {
        return new Secrets(store);
    }

    @Singleton
    SecretEndpoint secretEndpoint(Secrets secrets) {
        return new SecretEndpoint(secrets);
    }

    @Singleton
    SecretValueEndpoint secretValueEndpoint(Secrets secrets) {
        return new SecretValueEndpoint(secrets);
    }

    @Singleton
    AuditTrail auditTrail(MySqlAuditStore store, PersonStore people, KeyStore keys) {
        ActorNames ofPeople = subject -> ResourceId.matches(UserId.PREFIX, subject)
                ? people.find(new UserId(subject)).map(Person::shownName)
                : Optional.empty();
        ActorNames ofKeys = subject -> ResourceId.matches(KeyId.PREFIX, subject)
                ? keys.findCandidate(new KeyId(subject)).map(found -> found.key().displayName())
                : Optional.empty();
        return new AuditTrail(store, subject -> ofPeople.nameOf(subject).or(() -> ofKeys.nameOf(subject)));
    }

    @Singleton
    AuditEndpoint auditEndpoint(AuditTrail trail) {
        return new AuditEndpoint(trail);
    }

    @Singleton
    AuditRecordEndpoint auditRecordEndpoint(AuditTrail trail) {
        return new AuditRecordEndpoint(trail);
    }

    @Singleton
    @Bean(preDestroy = "close")
    KeycloakHttp keycloakHttp() {
        return new KeycloakHttp();
    }

    @Singleton
    KeycloakRealm realm(KeycloakConfig keycloak, InstallationConfig installation) {
        return KeycloakRealm.of(keycloak.internalUrl(), installation.publicUrl());
    }

    @Singleton
    KeycloakAdministration administration(
            KeycloakHttp http, KeycloakRealm realm, KeycloakConfig keycloak, Clock clock) {
        var client = new ClientAccount(
                "exaone-identity", InstallationConfig.readSecret(keycloak.identityClientSecretFile()));
        return new KeycloakAdministration(http, realm, client, clock);
    }

    @Singleton
    KeycloakTokens keycloakTokens(KeycloakRealm realm, KeycloakConfig keycloak, Clock clock) {
        return new KeycloakTokens(realm, keycloak.bearerClients(), clock);
    }

    @Singleton
    SignInServer signIn(KeycloakHttp http, KeycloakRealm realm, KeycloakConfig keycloak, KeycloakTokens tokens) {
        var client = new ClientAccount(
                "exaone-console", InstallationConfig.readSecret(keycloak.consoleClientSecretFile()));
        return new KeycloakSignIn(http, realm, client, tokens);
    }

    @Singleton
    OrganizationMirror mirror(
            MySqlMirrorTasks tasks, Transactions transactions, KeycloakAdministration administration) {
        return new OrganizationMirror(
                tasks, new MySqlMirrorState(transactions), new KeycloakOrganizations(administration));
    }

    @Singleton
    MemberStore memberStore(Transactions transactions, MySqlAuditStore audit, MySqlMirrorTasks mirror) {
        return new MySqlMemberStore(transactions, audit, mirror);
    }

    @Singleton
    InvitationStore invitationStore(
            Transactions transactions,
            MySqlRequestMemory requests,
            MySqlAuditStore audit,
            MySqlMirrorTasks mirror,
            Clock clock) {
        return new MySqlInvitationStore(transactions, requests, audit, mirror, clock);
    }

    @Singleton
    InvitedAccounts invitedAccounts(
            KeycloakAdministration administration,
            Transactions transactions,
            PersonStore people,
            SecureRandom random,
            Clock clock) {
        return new InvitedAccounts(
                new KeycloakAccounts(administration), new MySqlNewAccountStore(transactions, clock), people, random);
    }

    @Singleton
    Invitations invitations(
            InvitationStore store,
            MemberStore members,
            PersonStore people,
            InvitedAccounts accounts,
            SecureRandom random,
            Invitations.NewInvitations made) {
        return new Invitations(store, members, people, accounts, random, made);
    }

    @Singleton
    Invitations.NewInvitations newInvitations(IdGenerator ids, Clock clock) {
        return new Invitations.NewInvitations(ids, clock);
    }

    @Singleton
    MemberEndpoint memberEndpoint(MemberStore store, Invitations invitations, InstallationConfig installation) {
        return new MemberEndpoint(new Members(store), invitations, installation.publicUrl());
    }

    @Singleton
    AccountEndpoint accountEndpoint(PersonStore people, MemberStore members, TenantStore tenants) {
        return new AccountEndpoint(new Accounts(people, members, tenants));
    }

    @Singleton
    Sessions sessions(
            Transactions transactions,
            MasterKey masterKey,
            MySqlAuditStore audit,
            SignInServer signIn,
            PersonStore people,
            SecureRandom random,
            Clock clock) {
        return new Sessions(
                new MySqlSessionStore(transactions, masterKey, audit), signIn, people, random, clock);
    }

    @Singleton
    SessionEndpoint sessionEndpoint(Sessions sessions) {
        return new SessionEndpoint(sessions);
    }

    @Singleton
    PersonPrincipals personPrincipals(TenantStore tenants, MemberStore members) {
        return new PersonPrincipals(tenants, members);
    }

    @Singleton
    PersonExchange personExchange(
            Sessions sessions,
            KeycloakTokens accessTokens,
            PersonStore people,
            PersonPrincipals principals,
            SigningKeys signing) {
        return new PersonExchange(sessions, accessTokens, people, principals, signing);
    }

    @Singleton
    RunTokens runTokens(
            Projects projects,
            ApiKeys keys,
            PersonStore people,
            PersonPrincipals principals,
            SigningKeys signing,
            Clock clock) {
        return new RunTokens(projects, keys, people, principals, signing, clock);
    }

    @Singleton
    TokenEndpoint tokenEndpoint(
            ApiKeys keys, PersonExchange people, RunTokens runs, SigningKeys signing, Clock clock) {
        return new TokenEndpoint(new KeyExchange(keys, signing, clock), people, runs, signing);
    }

    @Context
    @Bean(preDestroy = "close")
    BackgroundWork backgroundWork(
            OrganizationMirror mirror, Sessions sessions, SigningKeys signing, MySqlKeyLog keyLog) {
        return new BackgroundWork(List.of(
                new Chore("Mirroring to Keycloak", MIRROR_PAUSE, mirror::carryOver),
                new Chore("Sweeping sessions", HOUR, sessions::sweep),
                new Chore("Renewing the signing key", HOUR, signing::renew),
                new Chore("Pruning the log of keys", HOUR, () -> keyLog.prune(KEPT_CHANGES))));
    }
}
