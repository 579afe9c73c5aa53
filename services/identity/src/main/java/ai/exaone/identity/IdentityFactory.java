package ai.exaone.identity;

import ai.exaone.identity.apikey.ApiKeyEndpoint;
import ai.exaone.identity.apikey.ApiKeys;
import ai.exaone.identity.apikey.GatewayAcknowledgements;
import ai.exaone.identity.apikey.KeyHasher;
import ai.exaone.identity.apikey.KeyStore;
import ai.exaone.identity.apikey.MySqlKeyLog;
import ai.exaone.identity.apikey.MySqlKeyRows;
import ai.exaone.identity.apikey.MySqlKeyStore;
import ai.exaone.identity.audit.MySqlAuditStore;
import ai.exaone.identity.apikey.RpcKeyLog;
import ai.exaone.identity.keycloak.MySqlMirrorTasks;
import ai.exaone.identity.membership.MySqlFirstAdmin;
import ai.exaone.identity.person.MySqlPersonStore;
import ai.exaone.identity.person.PersonStore;
import ai.exaone.identity.project.MySqlProjectStore;
import ai.exaone.identity.project.ProjectEndpoint;
import ai.exaone.identity.project.ProjectStore;
import ai.exaone.identity.project.Projects;
import ai.exaone.identity.request.MySqlRequestMemory;
import ai.exaone.identity.tenant.MySqlTenantStore;
import ai.exaone.identity.tenant.TenantEndpoint;
import ai.exaone.identity.tenant.TenantStore;
import ai.exaone.identity.tenant.Tenants;
import ai.exaone.identity.token.KeyExchange;
import ai.exaone.identity.token.MySqlSigningKeyStore;
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
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** The parts of identity, and how they hang together. */
@Factory
final class IdentityFactory {
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
            Clock clock) {
        return new MySqlProjectStore(transactions, requests, audit, List.of(new MySqlKeyRows(keyLog, clock)));
    }

    @Singleton
    ProjectEndpoint projects(ProjectStore store, IdGenerator ids, Clock clock) {
        return new ProjectEndpoint(new Projects(store, ids, clock));
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
    TokenEndpoint tokens(ApiKeys keys, SigningKeys signing, Clock clock) {
        return new TokenEndpoint(new KeyExchange(keys, signing, clock), signing);
    }
}
