package ai.exaone.identity;

import ai.exaone.chores.BackgroundWork;
import ai.exaone.chores.Chore;
import ai.exaone.identity.account.AccountEndpoint;
import ai.exaone.identity.account.Accounts;
import ai.exaone.identity.apikey.ApiKeyEndpoint;
import ai.exaone.identity.apikey.ApiKeys;
import ai.exaone.identity.apikey.GatewayAcknowledgements;
import ai.exaone.identity.apikey.KeyHasher;
import ai.exaone.identity.apikey.MySqlKeyLog;
import ai.exaone.identity.apikey.RpcKeyLog;
import ai.exaone.identity.audit.AuditConfig;
import ai.exaone.identity.audit.AuditEndpoint;
import ai.exaone.identity.audit.AuditRecordEndpoint;
import ai.exaone.identity.audit.AuditTrail;
import ai.exaone.identity.keycloak.KeycloakConfig;
import ai.exaone.identity.keycloak.KeycloakConnection;
import ai.exaone.identity.keycloak.OrganizationMirror;
import ai.exaone.identity.membership.Invitations;
import ai.exaone.identity.membership.InvitedAccounts;
import ai.exaone.identity.membership.MemberEndpoint;
import ai.exaone.identity.membership.Members;
import ai.exaone.identity.project.ProjectEndpoint;
import ai.exaone.identity.project.Projects;
import ai.exaone.identity.secret.SecretEndpoint;
import ai.exaone.identity.secret.SecretValueEndpoint;
import ai.exaone.identity.secret.Secrets;
import ai.exaone.identity.session.SessionEndpoint;
import ai.exaone.identity.session.Sessions;
import ai.exaone.identity.tenancy.RpcTenancyLog;
import ai.exaone.identity.tenant.TenantEndpoint;
import ai.exaone.identity.tenant.Tenants;
import ai.exaone.identity.token.KeyExchange;
import ai.exaone.identity.token.PersonExchange;
import ai.exaone.identity.token.PersonPrincipals;
import ai.exaone.identity.token.RunTokens;
import ai.exaone.identity.token.SigningKeys;
import ai.exaone.identity.token.TokenEndpoint;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.watch.WatchServer;
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

/** The parts of identity, and how they hang together. Each endpoint is served, each chore runs, because it is here. */
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
    IdentityStores stores(Transactions transactions, InstallationConfig installation, IdGenerator ids, Clock clock) {
        return IdentityStores.on(transactions, MasterKey.read(installation.secretsDir()), ids, clock);
    }

    @Singleton
    @Bean(preDestroy = "close")
    KeycloakConnection keycloak(KeycloakConfig config, InstallationConfig installation, Clock clock) {
        return new KeycloakConnection(
                config,
                InstallationConfig.readSecret(config.identityClientSecretFile()),
                InstallationConfig.readSecret(config.consoleClientSecretFile()),
                installation.publicUrl(),
                clock);
    }

    @Singleton
    TenantEndpoint tenants(IdentityStores stores, IdGenerator ids, Clock clock) {
        return new TenantEndpoint(new Tenants(stores.tenants(), stores.people(), ids, clock));
    }

    @Singleton
    Projects projects(IdentityStores stores, IdGenerator ids, Clock clock) {
        return new Projects(stores.projects(), ids, clock);
    }

    @Singleton
    ProjectEndpoint projectEndpoint(Projects projects) {
        return new ProjectEndpoint(projects);
    }

    @Singleton
    Invitations invitations(
            IdentityStores stores, KeycloakConnection keycloak, IdGenerator ids, SecureRandom random, Clock clock) {
        var accounts = new InvitedAccounts(keycloak.accounts(), stores.newAccounts(), stores.people(), random);
        return new Invitations(
                stores.invitations(),
                stores.members(),
                stores.people(),
                accounts,
                random,
                new Invitations.NewInvitations(ids, clock));
    }

    @Singleton
    MemberEndpoint members(IdentityStores stores, Invitations invitations, InstallationConfig installation) {
        return new MemberEndpoint(new Members(stores.members()), invitations, installation.publicUrl());
    }

    @Singleton
    AccountEndpoint account(IdentityStores stores) {
        return new AccountEndpoint(new Accounts(stores.people(), stores.members(), stores.tenants()));
    }

    @Singleton
    RpcKeyLog keyLog(IdentityStores stores) {
        return new RpcKeyLog(stores.keyLog());
    }

    @Singleton
    RpcTenancyLog tenancyLog(IdentityStores stores) {
        return new RpcTenancyLog(stores.tenancyLog());
    }

    @Singleton
    GatewayAcknowledgements gateways(Provider<WatchServer> watches) {
        return (revision, atMost) -> watches.get().awaitAcknowledged(MySqlKeyLog.NAME, revision, atMost);
    }

    @Singleton
    ApiKeys apiKeys(
            IdentityStores stores,
            InstallationConfig installation,
            GatewayAcknowledgements gateways,
            IdGenerator ids,
            SecureRandom random,
            Clock clock) {
        return new ApiKeys(stores.keys(), new KeyHasher(installation.readPepper()), gateways, ids, random, clock);
    }

    @Singleton
    ApiKeyEndpoint apiKeyEndpoint(ApiKeys keys, Clock clock) {
        return new ApiKeyEndpoint(keys, clock);
    }

    @Singleton
    Secrets secrets(IdentityStores stores) {
        return new Secrets(stores.secrets());
    }

    @Singleton
    SecretEndpoint secretEndpoint(Secrets secrets) {
        return new SecretEndpoint(secrets);
    }

    @Singleton
    SecretValueEndpoint secretValues(Secrets secrets) {
        return new SecretValueEndpoint(secrets);
    }

    @Singleton
    AuditTrail auditTrail(IdentityStores stores) {
        return new AuditTrail(stores.audit(), new SubjectNames(stores.people(), stores.keys()));
    }

    @Singleton
    AuditEndpoint audit(AuditTrail trail) {
        return new AuditEndpoint(trail);
    }

    @Singleton
    AuditRecordEndpoint auditRecords(AuditTrail trail) {
        return new AuditRecordEndpoint(trail);
    }

    @Singleton
    Sessions sessions(IdentityStores stores, KeycloakConnection keycloak, SecureRandom random, Clock clock) {
        return new Sessions(stores.sessions(), keycloak.signIn(), stores.people(), random, clock);
    }

    @Singleton
    SessionEndpoint sessionEndpoint(Sessions sessions) {
        return new SessionEndpoint(sessions);
    }

    @Singleton
    SigningKeys signingKeys(IdentityStores stores, IdGenerator ids, Clock clock) {
        return new SigningKeys(stores.signingKeys(), ids, clock);
    }

    @Singleton
    PersonPrincipals principals(IdentityStores stores) {
        return new PersonPrincipals(stores.tenants(), stores.members());
    }

    @Singleton
    PersonExchange personExchange(
            Sessions sessions,
            KeycloakConnection keycloak,
            IdentityStores stores,
            PersonPrincipals principals,
            SigningKeys signing) {
        return new PersonExchange(sessions, keycloak.accessTokens(), stores.people(), principals, signing);
    }

    @Singleton
    RunTokens runTokens(
            Projects projects,
            ApiKeys keys,
            IdentityStores stores,
            PersonPrincipals principals,
            SigningKeys signing,
            Clock clock) {
        return new RunTokens(projects, keys, stores.people(), principals, signing, clock);
    }

    @Singleton
    TokenEndpoint tokens(ApiKeys keys, PersonExchange people, RunTokens runs, SigningKeys signing, Clock clock) {
        return new TokenEndpoint(new KeyExchange(keys, signing, clock), people, runs, signing);
    }

    @Context
    @Bean(preDestroy = "close")
    BackgroundWork backgroundWork(
            IdentityStores stores,
            KeycloakConnection keycloak,
            Sessions sessions,
            SigningKeys signing,
            AuditConfig audit) {
        var mirror = new OrganizationMirror(stores.mirrorTasks(), stores.mirrorState(), keycloak.organizations());
        return BackgroundWork.start(List.of(
                new Chore("Mirroring to Keycloak", MIRROR_PAUSE, mirror::carryOver),
                new Chore("Sweeping sessions", HOUR, sessions::sweep),
                new Chore("Renewing the signing key", HOUR, signing::renew),
                new Chore("Pruning the log of keys", HOUR, () -> stores.keyLog().prune(KEPT_CHANGES)),
                new Chore(
                        "Pruning the log of tenants and projects",
                        HOUR,
                        () -> stores.tenancyLog().prune(KEPT_CHANGES)),
                new Chore(
                        "Forgetting old audit events",
                        HOUR,
                        () -> stores.audit().prune(audit.retention())),
                stores.creations().pruning()));
    }
}
