package ai.exaone.quota.admission;

import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.ids.IdGenerator;
import ai.exaone.quota.limit.Enforcement;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.limit.Limits;
import ai.exaone.quota.limit.MySqlLimitStore;
import ai.exaone.quota.limit.NewLimit;
import ai.exaone.quota.limit.RpcLimitLog;
import ai.exaone.quota.limit.Scope;
import ai.exaone.quota.limit.ShadowDay;
import ai.exaone.quota.price.MySqlPriceStore;
import ai.exaone.quota.price.Price;
import ai.exaone.quota.price.Prices;
import ai.exaone.quota.price.Rates;
import ai.exaone.quota.price.RpcPriceLog;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.quota.usage.MySqlUsageRecords;
import ai.exaone.quota.usage.Outcome;
import ai.exaone.quota.usage.SpoolPosition;
import ai.exaone.quota.usage.UsageRecord;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.ServiceName;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.StoredTime;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.MySqlCreations;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;

/** All of quota's decisions on a real database, without the wire. Another instance on the same database is a restarted process. */
@Tag("server")
public final class QuotaUnderTest implements AutoCloseable {
    public static final IdGenerator IDS = new IdGenerator(StoredTime.clock(), new SecureRandom());
    public static final Principal ADMIN =
            Principal.user("usr_admin", "Admin", Optional.empty(), Set.of(Limits.TENANT_LIMIT_PERMISSION));
    public static final String GATEWAY = "gateway-1";
    public static final String MODEL = "exaone-4.0-32b";

    public final String tenant;
    public final String project = IDS.next("prj");
    public final String key = IDS.next("key");
    public final QuotaTime time;
    public final Generations generations;
    public final Admission admission;
    public final Ledger ledger;
    public final Slices slices;
    public final Limits limits;
    public final Prices prices;
    public final MySqlUsageRecords records;
    final JournalStore store;
    public final Sweeper sweeper;

    private QuotaUnderTest(
            Transactions transactions, QuotaTime time, String tenant, UnaryOperator<JournalStore> wrapping) {
        this.tenant = tenant;
        this.time = time;
        QuotaClock clock = time.clock();
        var epoch = new MySqlWriterEpoch(transactions, IDS.next("proc"));
        AdmissionConfig config = AdmissionConfig.DEFAULT.withTimeZone(QuotaTime.ZONE);
        store = wrapping.apply(new MySqlJournalStore(transactions, epoch));
        var audit = new MySqlAuditOutbox(ServiceName.QUOTA, transactions, IDS, time.wall);
        var creations = new MySqlCreations(transactions, time.wall);
        var limitStore = new MySqlLimitStore(
                transactions, epoch, creations, audit, new ChangeLog(transactions, RpcLimitLog.LOG, time.wall));
        var priceStore = new MySqlPriceStore(
                transactions, epoch, creations, audit, new ChangeLog(transactions, RpcPriceLog.LOG, time.wall));
        records = new MySqlUsageRecords(transactions);
        generations = new Generations(clock, config, store, limitStore, priceStore, epoch);
        admission = new Admission(generations, store, records, config, clock);
        slices = new Slices(generations, admission);
        ledger = new Ledger(generations, admission, store, records, clock);
        limits = new Limits(limitStore, admission, generations, IDS, time.wall, () -> {});
        prices = new Prices(priceStore, admission, generations, IDS, time.wall);
        sweeper = new Sweeper(generations, store, clock, config);
        generations.recover();
    }

    public static QuotaUnderTest start(Transactions transactions, QuotaTime time) {
        return start(transactions, time, UnaryOperator.identity());
    }

    /** Starts with something around its store. */
    static QuotaUnderTest start(Transactions transactions, QuotaTime time, UnaryOperator<JournalStore> wrapping) {
        return new QuotaUnderTest(transactions, time, IDS.next("tnt"), wrapping);
    }

    /** Another process on the same database. This one is left as it is, as one that was killed. */
    public QuotaUnderTest another(Transactions transactions) {
        return new QuotaUnderTest(transactions, time, tenant, UnaryOperator.identity());
    }

    public Limit limit(Scope scope, LimitKind kind, long value) {
        return limit(scope, kind, value, Enforcement.ENFORCED);
    }

    private Limit limit(Scope scope, LimitKind kind, long value, Enforcement enforcement) {
        return limits.create(tenant, new NewLimit(scope, kind, value, enforcement), Optional.empty(), ADMIN);
    }

    /** A limit on the whole tenant that refuses nothing. */
    public Limit shadow(LimitKind kind, long value) {
        return limit(new Scope("", "", ""), kind, value, Enforcement.SHADOW);
    }

    /** Raises a limit, unless it is raised now: gateways need not hear of it to keep to it when it is over. */
    Limit raisedForAWhile(Limit limit, long more, int seconds) {
        Instant now = time.wall.instant();
        return limit.amount(now) > limit.value()
                ? limit
                : limits.raise(
                        tenant, limit.limitId(), limit.value() + more, now.plusSeconds(seconds), "A property", ADMIN);
    }

    /** How many calls a limit would have refused, of all days. */
    public long wouldHaveRefused(Limit limit) {
        return limits.wouldHaveRefused(List.of(limit)).getOrDefault(limit.limitId(), List.of()).stream()
                .mapToLong(ShadowDay::requests)
                .sum();
    }

    public Limit limit(LimitKind kind, long value) {
        return limit(new Scope("", "", ""), kind, value);
    }

    public Price price(long input, long cached, long output) {
        return prices.create(MODEL, new Rates(input, cached, output), Optional.empty(), Optional.empty(), ADMIN);
    }

    public AdmissionRequest request(long input, long output) {
        return request(IDS.next("req"), input, output);
    }

    public AdmissionRequest request(String requestId, long input, long output) {
        return new AdmissionRequest(requestId, tenant, project, key, MODEL, new TokenCount(input, 0, output), GATEWAY);
    }

    /** Asks for a request that must be admitted; returns its id. */
    public String admit(long input, long output) {
        AdmissionRequest request = request(input, output);
        Answer answer = admission.admit(request);
        if (answer.decision() instanceof Decision.Refused refused) {
            throw new AssertionError("Refused: " + refused.message());
        }
        return request.requestId();
    }

    /** Asks for a request that must be refused. */
    public Decision.Refused refusal(long input, long output) {
        return switch (admission.admit(request(input, output)).decision()) {
            case Decision.Refused refused -> refused;
            case Decision.Admitted admitted -> throw new AssertionError("Admitted");
        };
    }

    public long settle(String requestId, long input, long output) {
        return admission.settle(tenant, requestId, new TokenCount(input, 0, output));
    }

    public long used(Limit limit) {
        return limits.use(limit).used();
    }

    public UsageRecord call(String requestId, long input, long output) {
        return call(requestId, input, output, Outcome.COMPLETED);
    }

    public UsageRecord call(String requestId, long input, long output, Outcome outcome) {
        return new UsageRecord(
                requestId,
                new UsageRecord.Caller(tenant, project, key, key, "", ""),
                MODEL,
                "rep_1",
                "/v1/chat/completions",
                time.wall.instant(),
                Duration.ofMillis(120),
                Duration.ofMillis(900),
                new TokenCount(input, 0, output),
                0,
                false,
                new UsageRecord.Result(outcome, outcome == Outcome.REFUSED ? 429 : 200, "", ""),
                "",
                0,
                Optional.empty());
    }

    /** Drains one stretch of the gateway's spool. */
    public SpoolPosition drain(long from, long to, UsageRecord... calls) {
        return ledger.append(GATEWAY, new SpoolPosition(0, from), new SpoolPosition(0, to), List.of(calls));
    }

    @Override
    public void close() {
        sweeper.close();
        generations.close();
    }
}
