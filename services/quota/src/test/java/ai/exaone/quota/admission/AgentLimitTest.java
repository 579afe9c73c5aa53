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

/** Limits on agents. */
@EveryEngine(migrated = "quota")
class AgentLimitTest {
    private static final String AGENT = QuotaUnderTest.IDS.next("agt");

    private final TestDatabase database;
    private QuotaUnderTest quota;
    private final Scope scope;

    AgentLimitTest(TestDatabase database) {
        this.database = database;
        this.quota = QuotaUnderTest.start(database.transactions(), QuotaTime.started());
        this.scope = new Scope(quota.project, "", AGENT, Models.ALL);
    }

    @AfterEach
    void close() {
        quota.close();
    }

    @Test
    void callsOfItsRunsCountWhoeverStartedThem() {
        Limit limit = quota.limit(scope, LimitKind.REQUESTS_PER_MINUTE, 2);
        admitted(AGENT, quota.key);
        admitted(AGENT, QuotaUnderTest.IDS.next("key"));
        admitted("", quota.key);
        admitted(QuotaUnderTest.IDS.next("agt"), quota.key);
        var refused = (Decision.Refused) decision(AGENT, "");
        assertThat(refused.limit()).isEqualTo(limit);
        assertThat(refused.message()).contains("agent " + AGENT);
        assertThat(quota.used(limit)).isEqualTo(2);
    }

    @Test
    void theyCountInTheLimitsOfTheirKeyAndProjectToo() {
        quota.limit(scope, LimitKind.REQUESTS_PER_MINUTE, 5);
        Limit ofKey = quota.limit(new Scope(quota.project, quota.key, ""), LimitKind.REQUESTS_PER_MINUTE, 1);
        Limit ofProject = quota.limit(new Scope(quota.project, "", ""), LimitKind.REQUESTS_PER_MINUTE, 5);
        admitted(AGENT, quota.key);
        assertThat(((Decision.Refused) decision(AGENT, quota.key)).limit()).isEqualTo(ofKey);
        assertThat(quota.used(ofProject)).isEqualTo(1);
    }

    @Test
    void whatItsRunsUsedIsKnownAfterARestartAndToALimitThatIsNew() {
        Limit limit = quota.limit(scope, LimitKind.TOKENS_PER_DAY, 100);
        quota.settle(admitted(AGENT, quota.key), 7, 8);
        admitted(AGENT, quota.key);
        admitted("", quota.key);
        QuotaUnderTest killed = quota;
        quota = killed.another(database.transactions());
        killed.close();
        assertThat(quota.used(limit)).isEqualTo(35);
        assertThat(quota.used(quota.limit(scope, LimitKind.TOKENS_PER_MONTH, 100)))
                .isEqualTo(35);
    }

    @Test
    void gatewaysAreGrantedSlicesOfItAndReportByAgent() {
        Limit limit = quota.limit(scope, LimitKind.REQUESTS_PER_MINUTE, 100);
        var demand = new SliceExchange.Demand(limit.limitId(), 0, 0, 20, 1);
        List<SliceExchange.Grant> grants = exchange(1, List.of(), demand);
        assertThat(grants.getFirst().granted()).isEqualTo(20);
        var ofAgent = new SliceExchange.Caller(scope.projectId(), quota.key, AGENT, MODEL);
        var ofNone = new SliceExchange.Caller(scope.projectId(), quota.key, MODEL);
        var uses = List.of(new SliceExchange.Use(ofAgent, 6, 60), new SliceExchange.Use(ofNone, 3, 30));
        grants = exchange(2, uses, new SliceExchange.Demand(limit.limitId(), 14, 0, 0, 1));
        assertThat(quota.used(limit)).isEqualTo(6);
        assertThat(grants.getFirst().remaining()).isEqualTo(80);
    }

    private List<SliceExchange.Grant> exchange(
            long sequence, List<SliceExchange.Use> uses, SliceExchange.Demand demand) {
        var said = new SliceExchange.OfTenant(quota.tenant, uses, List.of(), List.of(demand));
        return quota.slices.exchange(
                new SliceExchange(QuotaUnderTest.GATEWAY, "run-of-" + AGENT, sequence, List.of(said), false));
    }

    /** Holds 20 tokens. */
    private String admitted(String agent, String key) {
        AdmissionRequest request = request(agent, key);
        assertThat(quota.admission.admit(request).decision()).isInstanceOf(Decision.Admitted.class);
        return request.requestId();
    }

    private Decision decision(String agent, String key) {
        return quota.admission.admit(request(agent, key)).decision();
    }

    private AdmissionRequest request(String agent, String key) {
        return new AdmissionRequest(
                QuotaUnderTest.IDS.next("req"),
                quota.tenant,
                scope.projectId(),
                key,
                agent,
                MODEL,
                new TokenCount(10, 0, 10),
                QuotaUnderTest.GATEWAY);
    }
}
