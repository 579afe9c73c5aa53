package ai.exaone.ledgerbench;

import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.ids.IdGenerator;
import ai.exaone.proto.quota.internal.v1.AppendUsageRequest;
import ai.exaone.proto.quota.internal.v1.AppendUsageResponse;
import ai.exaone.quota.admission.Admission;
import ai.exaone.quota.admission.AdmissionConfig;
import ai.exaone.quota.admission.Generations;
import ai.exaone.quota.admission.Ledger;
import ai.exaone.quota.admission.LedgerEndpoint;
import ai.exaone.quota.admission.MySqlJournalStore;
import ai.exaone.quota.admission.QuotaClock;
import ai.exaone.quota.limit.MySqlLimitStore;
import ai.exaone.quota.limit.RpcLimitLog;
import ai.exaone.quota.price.MySqlPriceStore;
import ai.exaone.quota.price.RpcPriceLog;
import ai.exaone.quota.usage.MySqlSumSource;
import ai.exaone.quota.usage.MySqlUsageRecords;
import ai.exaone.quota.usage.SumQuestion;
import ai.exaone.quota.usage.UsageReport;
import ai.exaone.quota.usage.UsageReports;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.rpc.ServiceName;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.Database;
import ai.exaone.store.StoredTime;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.MySqlCreations;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;

/** Quota's ledger as quota puts it together, in this process: what a gateway's call of it does behind the transport. */
final class QuotaClient implements AutoCloseable {
    static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

    private final Generations generations;
    private final LedgerEndpoint intake;
    private final UsageReports reports;

    private QuotaClient(Generations generations, LedgerEndpoint intake, UsageReports reports) {
        this.generations = generations;
        this.intake = intake;
        this.reports = reports;
    }

    static QuotaClient on(Database database) {
        Transactions transactions = database.transactions();
        Clock clock = StoredTime.clock();
        var ids = new IdGenerator(clock, new SecureRandom());
        var epoch = new MySqlWriterEpoch(transactions, ids.next("proc"));
        AdmissionConfig config = AdmissionConfig.DEFAULT.withTimeZone(ZONE);
        var store = new MySqlJournalStore(transactions, epoch);
        var audit = new MySqlAuditOutbox(ServiceName.QUOTA, transactions, ids, clock);
        var creations = new MySqlCreations(transactions, clock);
        var limits = new MySqlLimitStore(
                transactions, epoch, creations, audit, new ChangeLog(transactions, RpcLimitLog.LOG, clock));
        var prices = new MySqlPriceStore(
                transactions, epoch, creations, audit, new ChangeLog(transactions, RpcPriceLog.LOG, clock));
        var records = new MySqlUsageRecords(transactions);
        QuotaClock quotaClock = QuotaClock.system(tenant -> ZONE);
        var generations = new Generations(quotaClock, config, store, limits, prices, epoch);
        generations.recover();
        var admission = new Admission(generations, store, records, config, quotaClock);
        return new QuotaClient(
                generations,
                new LedgerEndpoint(new Ledger(generations, admission, store, records, quotaClock)),
                new UsageReports(records, new MySqlSumSource(transactions), tenant -> ZONE));
    }

    /** Settles the calls of one stretch, as they came over the wire; returns when they are stored. */
    void append(byte[] stretch) {
        try {
            var request = AppendUsageRequest.parseFrom(stretch);
            intake.appendUsage(request, new Stored(request));
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    UsageReport sum(String tenantId, SumQuestion question) {
        return reports.sum(tenantId, question);
    }

    @Override
    public void close() {
        generations.close();
    }

    /** Fails where the stretch was not stored. */
    private record Stored(AppendUsageRequest request) implements StreamObserver<AppendUsageResponse> {
        @Override
        public void onNext(AppendUsageResponse response) {
            if (!response.getWatermark().equals(request.getTo())) {
                throw new IllegalStateException("Nothing was stored");
            }
        }

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException(failure);
        }

        @Override
        public void onCompleted() {}
    }
}
