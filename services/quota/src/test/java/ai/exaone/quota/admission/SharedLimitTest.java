package ai.exaone.quota.admission;

import static ai.exaone.quota.admission.QuotaUnderTest.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.limit.Models;
import ai.exaone.quota.limit.Scope;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits that several models share. */
@EveryEngine(migrated = "quota")
class SharedLimitTest {
    private static final String SMALL = "exaone-4.0-1.2b";
    private static final Models BOTH = new Models(List.of(MODEL, SMALL));

    private final TestDatabase database;
    private QuotaUnderTest quota;

    SharedLimitTest(TestDatabase database) {
        this.database = database;
        this.quota = QuotaUnderTest.start(database.transactions(), QuotaTime.started());
    }

    @AfterEach
    void close() {
        quota.close();
    }

    @Test
    void callsOfAnyOfItsModelsCountTogether() {
        Limit shared = quota.limit(new Scope("", "", BOTH), LimitKind.REQUESTS_PER_MINUTE, 2);
        ask(MODEL);
        ask(SMALL);
        Decision.Refused refused = (Decision.Refused) decision(SMALL);
        assertThat(refused.limit()).isEqualTo(shared);
        assertThat(refused.message()).contains("the tenant on models " + SMALL + ", " + MODEL + " together");
        ask("another-model");
        assertThat(quota.used(shared)).isEqualTo(2);
    }

    @Test
    void aNewOneKnowsWhatItsModelsUsedBeforeAndWhatRuns() {
        String over = ask(MODEL);
        quota.settle(over, 3, 4);
        String runs = ask(SMALL);
        var scope = new Scope(quota.project, quota.key, BOTH);
        Limit tokens = quota.limit(scope, LimitKind.TOKENS_PER_MONTH, 1_000);
        Limit perMinute = quota.limit(scope, LimitKind.TOKENS_PER_MINUTE, 1_000);
        Limit atOnce = quota.limit(scope, LimitKind.CONCURRENT_REQUESTS, 1);
        assertThat(List.of(quota.used(tokens), quota.used(perMinute), quota.used(atOnce)))
                .containsExactly(27L, 27L, 1L);
        assertThat(decision(MODEL)).isInstanceOf(Decision.Refused.class);
        quota.settle(runs, 1, 1);
        assertThat(List.of(quota.used(tokens), quota.used(perMinute), quota.used(atOnce)))
                .containsExactly(9L, 9L, 0L);
    }

    @Test
    void afterARestartItKnowsAllOfThem() {
        Limit shared = quota.limit(new Scope(quota.project, "", BOTH), LimitKind.TOKENS_PER_DAY, 100);
        quota.settle(ask(MODEL), 10, 10);
        ask(SMALL);
        QuotaUnderTest killed = quota;
        quota = killed.another(database.transactions());
        killed.close();
        assertThat(quota.used(shared)).isEqualTo(40);
        assertThat(quota.limits.get(
                        quota.tenant, shared.limitId(), ai.exaone.quota.access.Viewer.of(QuotaUnderTest.ADMIN)))
                .isEqualTo(shared);
    }

    @Test
    void theNarrowestOfSeveralIsNamed() {
        quota.limit(new Scope("", "", Models.ALL), LimitKind.REQUESTS_PER_MINUTE, 1);
        Limit shared = quota.limit(new Scope("", "", BOTH), LimitKind.REQUESTS_PER_MINUTE, 1);
        ask(MODEL);
        assertThat(((Decision.Refused) decision(SMALL)).limit()).isEqualTo(shared);
        Limit own = quota.limit(new Scope("", "", MODEL), LimitKind.REQUESTS_PER_MINUTE, 1);
        assertThat(((Decision.Refused) decision(MODEL)).limit()).isEqualTo(own);
    }

    /** Holds 20 tokens. */
    private String ask(String model) {
        AdmissionRequest request = request(model);
        assertThat(quota.admission.admit(request).decision()).isInstanceOf(Decision.Admitted.class);
        return request.requestId();
    }

    private Decision decision(String model) {
        return quota.admission.admit(request(model)).decision();
    }

    private AdmissionRequest request(String model) {
        return new AdmissionRequest(
                QuotaUnderTest.IDS.next("req"),
                quota.tenant,
                quota.project,
                quota.key,
                model,
                new TokenCount(10, 0, 10),
                QuotaUnderTest.GATEWAY);
    }
}
