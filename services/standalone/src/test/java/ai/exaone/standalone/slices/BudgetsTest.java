package ai.exaone.standalone.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.rpc.Principal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Budgets and tokens of a day and a month, spent through three gateways with their books on one quota, which is a process of its own on a
 * real database.
 */
@Tag("server")
class BudgetsTest {
    private static final int CALLERS = 64;
    /** For about two thousand calls. */
    private static final long MICROS = 2_000 * Spending.MOST_MICROS / 2;

    private static final long TOKENS = 2_000 * Spending.MOST_TOKENS / 2;
    private static final long PLENTY = 1_000;

    @TempDir
    Path folder;

    @AutoClose
    private final ThreeGateways platform = new ThreeGateways();

    private final Principal caller = SliceClient.caller(platform.tenant, platform.project);
    private final List<BilledGateway> gateways = new CopyOnWriteArrayList<>();

    private record Sum(long tokens, long micros) {}

    @AfterEach
    void closeBooks() throws IOException {
        for (BilledGateway gateway : gateways) {
            gateway.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BUDGET_PER_DAY, TOKENS_PER_DAY",
        "BUDGET_PER_MONTH, TOKENS_PER_MONTH",
        "TOKENS_PER_DAY, BUDGET_PER_MONTH",
        "TOKENS_PER_MONTH, BUDGET_PER_DAY"
    })
    void sixtyFourCallersSpendALimitToTheLastAndNotMore(String tight, String loose) throws Exception {
        start(tight, loose);
        var spending = new Spending(gateways, caller, CALLERS);
        spending.start();
        await().atMost(Duration.ofSeconds(120)).until(() -> spending.refused() > 300);
        spending.stop();
        System.out.println(tight + ": " + spending.summary());
        assertThat(spending.falselyRefused(tokens(tight), micros(tight)))
                .as("falsely refused")
                .isEmpty();
        assertSpentToTheLast(tight, spending);
    }

    @ParameterizedTest
    @CsvSource({"BUDGET_PER_DAY, TOKENS_PER_MONTH", "TOKENS_PER_DAY, BUDGET_PER_DAY"})
    void nothingIsPassedOrLostThoughQuotaAndAGatewayAreKilled(String tight, String loose) throws Exception {
        start(tight, loose);
        var spending = new Spending(gateways, caller, CALLERS);
        spending.start();
        await().until(() -> spending.admitted() > 400);
        Objects.requireNonNull(platform.quota).kill();
        await().until(() -> spending.unverifiable() > 100);
        Objects.requireNonNull(platform.quota).startAgain();
        int before = spending.admitted();
        await().until(() -> spending.admitted() > before + 200);
        gateways.getFirst().die();
        gateways.set(0, gateways.getFirst().startAgain(platform));
        await().atMost(Duration.ofSeconds(120)).until(() -> spending.refused() > 300);
        spending.stop();
        System.out.println(tight + ": " + spending.summary());
        assertSpentToTheLast(tight, spending);
    }

    private void start(String tight, String loose) throws Exception {
        platform.atNoon();
        platform.price(Spending.INPUT_PRICE, Spending.CACHED_PRICE, Spending.OUTPUT_PRICE);
        platform.limit(platform.project, tight, isMoney(tight) ? MICROS : TOKENS);
        platform.limit("", loose, PLENTY * (isMoney(loose) ? MICROS : TOKENS));
        // Would refuse every call that uses anything, and is in nobody's way.
        platform.shadow(platform.project, tight, 1);
        platform.start(folder);
        platform.gateways.forEach(client -> gateways.add(new BilledGateway(client, folder)));
    }

    /** The ledger has each call once at what it cost; all together they are within the limit; and what is left is less than one call. */
    private void assertSpentToTheLast(String tight, Spending spending) {
        Map<String, Long> booked = new HashMap<>(spending.booked());
        await().untilAsserted(() -> {
            booked.putAll(spendTheRest());
            assertThat(ledger()).containsAllEntriesOf(booked);
            Sum recorded = recorded();
            assertThat(summed()).isEqualTo(recorded);
            if (isMoney(tight)) {
                assertThat(recorded.micros).isGreaterThan(MICROS - Spending.MOST_MICROS);
            } else {
                assertThat(recorded.tokens).isGreaterThan(TOKENS - Spending.MOST_TOKENS);
            }
        });
        System.out.println(tight + ": " + recorded());
        assertThat(ledger()).isEqualTo(booked);
        assertThat(recorded().micros).isLessThanOrEqualTo(micros(tight));
        assertThat(recorded().tokens).isLessThanOrEqualTo(tokens(tight));
        assertThat(platform.wouldHaveRefused()).isEqualTo(booked.size());
    }

    /** Calls one after the other through all gateways, until each refuses. */
    private Map<String, Long> spendTheRest() {
        var spent = new HashMap<String, Long>();
        var used = new TokenCounts(Spending.INPUT, 0, Spending.OUTPUT, 0, false);
        for (int refused = 0, number = 0; refused < gateways.size(); number++) {
            BilledGateway gateway = gateways.get(number % gateways.size());
            HoldRequest request = SliceClient.call(caller, Spending.INPUT, Spending.OUTPUT);
            BilledGateway.Call call = gateway.begin(request).orElseThrow();
            if (gateway.admit(call).toCompletableFuture().join() instanceof Decision.Admitted) {
                gateway.end(call, used).orElseThrow().toCompletableFuture().join();
                spent.put(request.requestId(), Spending.micros(used));
                refused = 0;
            } else {
                gateway.refuse(call, "QUOTA_EXCEEDED");
                refused++;
            }
        }
        return spent;
    }

    /** What the ledger has of calls that used something, by request. */
    private Map<String, Long> ledger() {
        return platform.database
                .transactions()
                .withHandle(handle -> handle.createQuery("""
                                SELECT request_id, amount_micros
                                  FROM usage_record
                                 WHERE tenant_id = :tenant AND amount_micros > 0
                                """)
                        .bind("tenant", platform.tenant)
                        .reduceRows(new HashMap<>(), (all, row) -> {
                            all.put(
                                    row.getColumn("request_id", String.class),
                                    row.getColumn("amount_micros", Long.class));
                            return all;
                        }));
    }

    private Sum recorded() {
        return sum("SELECT SUM(input_tokens + output_tokens) AS tokens, SUM(amount_micros) AS micros"
                + " FROM usage_record WHERE tenant_id = :tenant");
    }

    /** What the sums say that limits by day and month begin from. */
    private Sum summed() {
        return sum("SELECT SUM(tokens) AS tokens, SUM(micros) AS micros FROM day_usage WHERE tenant_id = :tenant");
    }

    private Sum sum(String query) {
        return platform.database
                .transactions()
                .withHandle(handle -> handle.createQuery(query)
                        .bind("tenant", platform.tenant)
                        .map((row, context) -> new Sum(row.getLong("tokens"), row.getLong("micros")))
                        .one());
    }

    private static long tokens(String tight) {
        return isMoney(tight) ? PLENTY * TOKENS : TOKENS;
    }

    private static long micros(String tight) {
        return isMoney(tight) ? MICROS : PLENTY * MICROS;
    }

    private static boolean isMoney(String kind) {
        return kind.startsWith("BUDGET");
    }
}
