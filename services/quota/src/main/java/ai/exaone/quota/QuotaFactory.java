package ai.exaone.quota;

import ai.exaone.audit.AuditClient;
import ai.exaone.audit.AuditDelivery;
import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.chores.BackgroundWork;
import ai.exaone.chores.Chore;
import ai.exaone.ids.IdGenerator;
import ai.exaone.quota.admission.Admission;
import ai.exaone.quota.admission.AdmissionConfig;
import ai.exaone.quota.admission.AdmissionEndpoint;
import ai.exaone.quota.admission.Generations;
import ai.exaone.quota.admission.Ledger;
import ai.exaone.quota.admission.LedgerEndpoint;
import ai.exaone.quota.admission.MySqlJournalStore;
import ai.exaone.quota.admission.QuotaClock;
import ai.exaone.quota.admission.SliceEndpoint;
import ai.exaone.quota.admission.Slices;
import ai.exaone.quota.admission.Sweeper;
import ai.exaone.quota.limit.LimitEndpoint;
import ai.exaone.quota.limit.LimitFollowers;
import ai.exaone.quota.limit.LimitStore;
import ai.exaone.quota.limit.Limits;
import ai.exaone.quota.limit.MySqlLimitStore;
import ai.exaone.quota.limit.RpcLimitLog;
import ai.exaone.quota.price.MySqlPriceStore;
import ai.exaone.quota.price.PriceEndpoint;
import ai.exaone.quota.price.PriceStore;
import ai.exaone.quota.price.Prices;
import ai.exaone.quota.price.RpcPriceLog;
import ai.exaone.quota.reconciliation.Differences;
import ai.exaone.quota.reconciliation.MySqlReconciliationStore;
import ai.exaone.quota.reconciliation.Reconciler;
import ai.exaone.quota.reconciliation.ReconciliationEndpoint;
import ai.exaone.quota.reconciliation.ReconciliationMetrics;
import ai.exaone.quota.reconciliation.ReconciliationStore;
import ai.exaone.quota.reconciliation.Turn;
import ai.exaone.quota.retention.LedgerRetention;
import ai.exaone.quota.retention.MySqlRetentionStore;
import ai.exaone.quota.statement.MySqlStatementStore;
import ai.exaone.quota.statement.StatementEndpoint;
import ai.exaone.quota.statement.StatementStore;
import ai.exaone.quota.statement.Statements;
import ai.exaone.quota.tenancy.MySqlTimeZoneStore;
import ai.exaone.quota.tenancy.RpcTenancyFeed;
import ai.exaone.quota.tenancy.TenantZones;
import ai.exaone.quota.usage.MySqlSumSource;
import ai.exaone.quota.usage.MySqlUsageRecords;
import ai.exaone.quota.usage.UsageEndpoint;
import ai.exaone.quota.usage.UsageReports;
import ai.exaone.quota.usage.UsageStore;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.watch.WatchFollower;
import ai.exaone.rpc.watch.WatchServer;
import ai.exaone.rpc.watch.WatchSource;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.StoredTime;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.MySqlCreations;
import io.micrometer.core.instrument.Metrics;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The parts of quota, and how they hang together. */
@Factory
final class QuotaFactory {
    /** A gateway that is not told of a changed limit by then is cut off. */
    private static final Duration LIMIT_IN_FORCE = Duration.ofSeconds(1);

    /** How soon work that is due begins, also after another process did it before. */
    private static final Duration LOOKING_FOR_WORK = Duration.ofSeconds(20);

    private static final Duration CLOSING_PACE = Duration.ofMinutes(10);

    /** A gateway that was away for more changes of limits begins with all limits again. */
    private static final long KEPT_CHANGES = 10_000;

    @Singleton
    Clock clock() {
        return StoredTime.clock();
    }

    @Singleton
    IdGenerator ids(Clock clock) {
        return new IdGenerator(clock, new SecureRandom());
    }

    @Singleton
    AdmissionConfig admissionConfig(QuotaConfig config) {
        return config.admission();
    }

    @Singleton
    TenantZones timeZones(Transactions transactions, AdmissionConfig config) {
        return new TenantZones(new MySqlTimeZoneStore(transactions), config.timeZone());
    }

    @Singleton
    QuotaClock quotaClock(TenantZones zones) {
        return QuotaClock.system(zones);
    }

    @Singleton
    MySqlWriterEpoch writerEpoch(Transactions transactions, IdGenerator ids) {
        return new MySqlWriterEpoch(transactions, ids.next("proc"));
    }

    @Singleton
    MySqlAuditOutbox auditOutbox(Transactions transactions, IdGenerator ids, Clock clock) {
        return new MySqlAuditOutbox(ServiceName.QUOTA, transactions, ids, clock);
    }

    @Singleton
    MySqlJournalStore journalStore(Transactions transactions, MySqlWriterEpoch writerEpoch) {
        return new MySqlJournalStore(transactions, writerEpoch);
    }

    @Singleton
    @Named(RpcLimitLog.LOG)
    ChangeLog limitLog(Transactions transactions, Clock clock) {
        return new ChangeLog(transactions, RpcLimitLog.LOG, clock);
    }

    @Singleton
    LimitStore limitStore(
            Transactions transactions,
            MySqlWriterEpoch writerEpoch,
            MySqlCreations creations,
            MySqlAuditOutbox audit,
            @Named(RpcLimitLog.LOG) ChangeLog limitLog) {
        return new MySqlLimitStore(transactions, writerEpoch, creations, audit, limitLog);
    }

    @Singleton
    WatchSource watchedLimits(LimitStore limits) {
        return new RpcLimitLog(limits);
    }

    @Singleton
    @Named(RpcPriceLog.LOG)
    ChangeLog priceLog(Transactions transactions, Clock clock) {
        return new ChangeLog(transactions, RpcPriceLog.LOG, clock);
    }

    @Singleton
    PriceStore priceStore(
            Transactions transactions,
            MySqlWriterEpoch writerEpoch,
            MySqlCreations creations,
            MySqlAuditOutbox audit,
            @Named(RpcPriceLog.LOG) ChangeLog priceLog) {
        return new MySqlPriceStore(transactions, writerEpoch, creations, audit, priceLog);
    }

    @Singleton
    WatchSource watchedPrices(PriceStore prices) {
        return new RpcPriceLog(prices);
    }

    @Singleton
    UsageStore usageStore(Transactions transactions) {
        return new MySqlUsageRecords(transactions);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Generations generations(
            QuotaClock clock,
            AdmissionConfig config,
            MySqlJournalStore store,
            LimitStore limits,
            PriceStore prices,
            MySqlWriterEpoch writerEpoch) {
        return new Generations(clock, config, store, limits, prices, writerEpoch);
    }

    @Singleton
    Admission admission(
            Generations generations,
            MySqlJournalStore store,
            UsageStore records,
            AdmissionConfig config,
            QuotaClock clock) {
        return new Admission(generations, store, records, config, clock);
    }

    @Context
    @Bean(preDestroy = "close")
    Sweeper sweeper(Generations generations, MySqlJournalStore store, QuotaClock clock, AdmissionConfig config) {
        generations.recover();
        var sweeper = new Sweeper(generations, store, clock, config);
        sweeper.start();
        return sweeper;
    }

    @Context
    @Bean(preDestroy = "close")
    BackgroundWork backgroundWork(
            MySqlCreations creations,
            @Named(RpcLimitLog.LOG) ChangeLog limitLog,
            @Named(RpcPriceLog.LOG) ChangeLog priceLog,
            Reconciler reconciler,
            Statements statements,
            LedgerRetention retention) {
        return BackgroundWork.start(List.of(
                creations.pruning(),
                new Chore("Comparing the ledger", LOOKING_FOR_WORK, reconciler::turnIfDue),
                new Chore("Closing statements", CLOSING_PACE, statements::closeDue),
                new Chore("Keeping the ledger's weeks", Duration.ofHours(1), retention::turn),
                new Chore("Pruning the log of limits", Duration.ofHours(1), () -> limitLog.prune(KEPT_CHANGES)),
                new Chore("Pruning the log of prices", Duration.ofHours(1), () -> priceLog.prune(KEPT_CHANGES))));
    }

    @Context
    @Bean(preDestroy = "close")
    AuditDelivery auditDelivery(MySqlAuditOutbox outbox, RpcChannels channels) {
        return new AuditDelivery(outbox, new AuditClient(channels.to(ServiceName.IDENTITY))).start();
    }

    @Singleton
    AdmissionEndpoint admissionEndpoint(Admission admission) {
        return new AdmissionEndpoint(admission);
    }

    @Singleton
    LedgerEndpoint ledgerEndpoint(
            Generations generations,
            Admission admission,
            MySqlJournalStore holds,
            UsageStore records,
            QuotaClock clock) {
        return new LedgerEndpoint(new Ledger(generations, admission, holds, records, clock));
    }

    @Singleton
    SliceEndpoint sliceEndpoint(Generations generations, Admission admission, AdmissionConfig config) {
        return new SliceEndpoint(new Slices(generations, admission), config);
    }

    @Singleton
    LimitFollowers limitFollowers(@Named(RpcLimitLog.LOG) ChangeLog limitLog, WatchServer watches) {
        return () -> watches.awaitAcknowledged(RpcLimitLog.LOG, limitLog.latest(), LIMIT_IN_FORCE);
    }

    @Singleton
    Limits limits(
            LimitStore store,
            Admission admission,
            Generations generations,
            IdGenerator ids,
            Clock clock,
            LimitFollowers followers) {
        return new Limits(store, admission, generations, ids, clock, followers);
    }

    @Singleton
    LimitEndpoint limitEndpoint(Limits limits) {
        return new LimitEndpoint(limits);
    }

    @Context
    @Bean(preDestroy = "close")
    WatchFollower tenancy(RpcChannels channels, TenantZones zones, Limits limits) {
        return WatchFollower.follow(
                channels.to(ServiceName.IDENTITY),
                RpcTenancyFeed.LOG,
                ServiceName.QUOTA.wireName(),
                new RpcTenancyFeed(zones, limits),
                System::nanoTime);
    }

    @Singleton
    PriceEndpoint priceEndpoint(
            PriceStore store, Admission admission, Generations generations, IdGenerator ids, Clock clock) {
        return new PriceEndpoint(new Prices(store, admission, generations, ids, clock));
    }

    @Singleton
    ReconciliationStore reconciliationStore(
            Transactions transactions, MySqlWriterEpoch writerEpoch, MySqlAuditOutbox audit) {
        return new MySqlReconciliationStore(transactions, writerEpoch, audit);
    }

    @Singleton
    Reconciler reconciler(
            ReconciliationStore store, Generations generations, IdGenerator ids, Clock clock, LedgerConfig config) {
        return new Reconciler(store, generations, ids, clock, config.compareEvery(), Turn.Bounds.DEFAULT);
    }

    @Singleton
    LedgerRetention ledgerRetention(
            Transactions transactions,
            MySqlWriterEpoch writerEpoch,
            Generations generations,
            Clock clock,
            LedgerConfig config) {
        return new LedgerRetention(
                new MySqlRetentionStore(transactions, writerEpoch), generations, clock, config.retention());
    }

    @Context
    @Bean(preDestroy = "close")
    ReconciliationMetrics reconciliationMetrics(Reconciler reconciler) {
        return new ReconciliationMetrics(Metrics.globalRegistry, reconciler);
    }

    @Singleton
    ReconciliationEndpoint reconciliationEndpoint(Reconciler reconciler, ReconciliationStore store) {
        return new ReconciliationEndpoint(reconciler, new Differences(store));
    }

    @Singleton
    StatementStore statementStore(Transactions transactions, MySqlWriterEpoch writerEpoch) {
        return new MySqlStatementStore(transactions, writerEpoch);
    }

    @Singleton
    Statements statements(
            StatementStore store, Generations generations, TenantZones zones, Clock clock, LedgerConfig config) {
        return new Statements(store, generations, zones, clock, config.closeAfter());
    }

    @Singleton
    StatementEndpoint statementEndpoint(Statements statements) {
        return new StatementEndpoint(statements);
    }

    @Singleton
    UsageEndpoint usageEndpoint(UsageStore records, Transactions transactions, TenantZones zones) {
        return new UsageEndpoint(new UsageReports(records, new MySqlSumSource(transactions), zones));
    }
}
