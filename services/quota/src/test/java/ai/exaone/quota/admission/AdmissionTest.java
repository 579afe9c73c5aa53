package ai.exaone.quota.admission;

import static ai.exaone.quota.admission.QuotaUnderTest.IDS;
import static ai.exaone.quota.admission.QuotaUnderTest.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.limit.Enforcement;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitChange;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.limit.NewLimit;
import ai.exaone.quota.limit.Scope;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What one caller after the other sees. */
@EveryEngine(migrated = "quota")
class AdmissionTest {
    private static final Scope TENANT = new Scope("", "", "");

    private final QuotaTime time = QuotaTime.started();

    @AutoClose
    private final QuotaUnderTest quota;

    AdmissionTest(TestDatabase database) {
        quota = QuotaUnderTest.start(database.transactions(), time);
    }

    @Test
    void withoutLimitsEverythingPasses() {
        Answer answer = quota.admission.admit(quota.request(1_000_000, 1_000_000));
        assertThat(answer.decision()).isEqualTo(new Decision.Admitted(""));
        assertThat(answer.requests()).isEqualTo(RateState.UNLIMITED);
    }

    @Test
    void requestsPerMinuteAreCountedInAnySixtySeconds() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 2);
        quota.admit(1, 1);
        time.advance(Duration.ofSeconds(30));
        String second = quota.admit(1, 1);
        quota.settle(second, 1, 1);
        Decision.Refused refused = quota.refusal(1, 1);
        assertThat(refused.limit()).isEqualTo(limit);
        assertThat(refused.use().used()).isEqualTo(2);
        assertThat(refused.reason()).isEqualTo(AdmissionError.QUOTA_EXCEEDED);
        Duration retryAfter = refused.retryAfter().orElseThrow();
        assertThat(retryAfter).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
        time.advance(retryAfter.minusNanos(1_000));
        quota.refusal(1, 1);
        time.advance(Duration.ofNanos(1_000));
        quota.admit(1, 1);
    }

    @Test
    void tokensPerMinuteHoldTheMostAndKeepWhatWasUsed() {
        Limit limit = quota.limit(LimitKind.TOKENS_PER_MINUTE, 1_000);
        String first = quota.admit(300, 500);
        assertThat(quota.used(limit)).isEqualTo(800);
        assertThat(quota.refusal(100, 101).use().used()).isEqualTo(800);
        quota.settle(first, 250, 50);
        assertThat(quota.used(limit)).isEqualTo(300);
        Answer answer = quota.admission.admit(quota.request(100, 600));
        assertThat(answer.tokens().remaining()).isZero();
        assertThat(answer.tokens().limit()).isEqualTo(1_000);
        assertThat(quota.refusal(1_001, 0).retryAfter()).isEmpty();
    }

    @Test
    void aSlotIsFreeAgainWhenTheRequestIsSettled() {
        quota.limit(LimitKind.CONCURRENT_REQUESTS, 1);
        String first = quota.admit(1, 1);
        assertThat(quota.refusal(1, 1).retryAfter()).isPresent();
        quota.settle(first, 1, 1);
        quota.admit(1, 1);
    }

    @Test
    void aCallOfAnAgentTakesNoSlotAndNeedsNoPrice() {
        quota.limit(LimitKind.CONCURRENT_REQUESTS, 1);
        quota.limit(LimitKind.BUDGET_PER_MONTH, 10);
        quota.price(1, 1, 1);
        var outer = new AdmissionRequest(
                IDS.next("req"), quota.tenant, quota.project, quota.key, "agent/helper", TokenCount.NONE, "gateway-1");
        assertThat(quota.admission.admit(outer).decision()).isInstanceOf(Decision.Admitted.class);
        quota.admit(1, 1);
    }

    @Test
    void budgetsHoldTheWorstAndSettleTheTruth() {
        quota.price(10, 1, 30);
        Limit limit = quota.limit(LimitKind.BUDGET_PER_DAY, 1_000);
        String first = quota.admit(40, 20);
        assertThat(quota.used(limit)).isEqualTo(1_000);
        Decision.Refused refused = quota.refusal(1, 0);
        assertThat(refused.limit()).isEqualTo(limit);
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(1));
        long amount = quota.admission.settle(quota.tenant, first, new TokenCount(40, 30, 10));
        assertThat(amount).isEqualTo(10 * 10 + 30 + 10 * 30);
        assertThat(quota.used(limit)).isEqualTo(amount);
        quota.settle(quota.admit(10, 10), 10, 10);
        assertThat(quota.refusal(100, 0).retryAfter())
                .contains(Duration.between(time.wall.instant(), Instant.parse("2026-03-19T04:00:00Z")));
    }

    @Test
    void aModelWithoutPriceIsRefusedUnderABudget() {
        Limit limit = quota.limit(LimitKind.BUDGET_PER_MONTH, 1_000_000);
        Decision.Refused refused = quota.refusal(1, 1);
        assertThat(refused.reason()).isEqualTo(AdmissionError.MODEL_WITHOUT_PRICE);
        assertThat(refused.limit()).isEqualTo(limit);
        assertThat(refused.retryAfter()).isEmpty();
        quota.price(1, 1, 1);
        quota.admit(1, 1);
    }

    @Test
    void dayAndMonthBeginInTheZone() {
        Limit day = quota.limit(LimitKind.TOKENS_PER_DAY, 100);
        Limit month = quota.limit(LimitKind.TOKENS_PER_MONTH, 150);
        quota.settle(quota.admit(50, 50), 50, 50);
        Decision.Refused refused = quota.refusal(1, 0);
        assertThat(refused.limit()).isEqualTo(day);
        assertThat(refused.use().resetAt()).contains(Instant.parse("2026-03-19T04:00:00Z"));
        time.advance(Duration.between(time.wall.instant(), Instant.parse("2026-03-19T03:59:59.999999Z")));
        assertThat(quota.refusal(1, 0).limit()).isEqualTo(day);
        time.advance(Duration.ofNanos(1_000));
        quota.settle(quota.admit(50, 0), 50, 0);
        assertThat(quota.used(day)).isEqualTo(50);
        assertThat(quota.used(month)).isEqualTo(150);
        assertThat(quota.refusal(1, 0).limit()).isEqualTo(month);
        assertThat(quota.limits.use(month).resetAt()).contains(Instant.parse("2026-04-01T04:00:00Z"));
    }

    @Test
    void whatADayHeldIsGoneWithIt() {
        Limit day = quota.limit(LimitKind.TOKENS_PER_DAY, 100);
        String late = quota.admit(50, 50);
        time.advance(Duration.ofHours(15));
        quota.admit(50, 50);
        quota.settle(late, 1, 1);
        assertThat(quota.used(day)).isEqualTo(100);
    }

    @Test
    void settingTheClockBackChangesNoWindow() {
        quota.limit(LimitKind.REQUESTS_PER_MINUTE, 1);
        quota.admit(1, 1);
        time.setCalendar(time.wall.instant().minusSeconds(300));
        quota.refusal(1, 1);
        time.setCalendar(time.wall.instant().plusSeconds(600));
        quota.refusal(1, 1);
        time.advance(Duration.ofSeconds(61));
        quota.admit(1, 1);
    }

    @Test
    void theNarrowestOfEquallyLongRefusalsIsNamed() {
        quota.limit(TENANT, LimitKind.REQUESTS_PER_MINUTE, 1);
        quota.limit(new Scope(quota.project, "", ""), LimitKind.REQUESTS_PER_MINUTE, 1);
        Limit narrow = quota.limit(new Scope(quota.project, quota.key, MODEL), LimitKind.REQUESTS_PER_MINUTE, 1);
        quota.admit(1, 1);
        Decision.Refused refused = quota.refusal(1, 1);
        assertThat(refused.limit()).isEqualTo(narrow);
        assertThat(refused.message()).contains("requests per minute", quota.key, MODEL);
    }

    @Test
    void aRefusalTakesNothing() {
        Limit wide = quota.limit(TENANT, LimitKind.REQUESTS_PER_MINUTE, 10);
        quota.limit(new Scope(quota.project, "", ""), LimitKind.CONCURRENT_REQUESTS, 1);
        quota.admit(1, 1);
        quota.refusal(1, 1);
        assertThat(quota.used(wide)).isEqualTo(1);
    }

    @Test
    void limitsOnOthersDoNotMatter() {
        quota.limit(new Scope(IDS.next("prj"), "", ""), LimitKind.REQUESTS_PER_MINUTE, 0);
        quota.limit(new Scope(quota.project, IDS.next("key"), ""), LimitKind.REQUESTS_PER_MINUTE, 0);
        quota.limit(new Scope("", "", "another-model"), LimitKind.REQUESTS_PER_MINUTE, 0);
        quota.admit(1, 1);
    }

    @Test
    void zeroRefusesEverything() {
        quota.price(0, 0, 0);
        quota.limit(LimitKind.BUDGET_PER_MONTH, 0);
        assertThat(quota.refusal(1, 1).retryAfter()).isEmpty();
    }

    @Test
    void aChangeIsInForceForTheNextRequest() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 0);
        quota.refusal(1, 1);
        quota.limits.update(quota.tenant, limit.limitId(), LimitChange.ofValue(1), QuotaUnderTest.ADMIN);
        quota.admit(1, 1);
        quota.refusal(1, 1);
        quota.limits.delete(quota.tenant, limit.limitId(), QuotaUnderTest.ADMIN);
        quota.admit(1, 1);
    }

    @Test
    void aNewLimitKnowsWhatWasUsedBefore() {
        quota.admit(1, 1);
        quota.settle(quota.admit(10, 10), 5, 5);
        assertThat(quota.used(quota.limit(LimitKind.REQUESTS_PER_MINUTE, 2))).isEqualTo(2);
        assertThat(quota.used(quota.limit(LimitKind.TOKENS_PER_MONTH, 100))).isEqualTo(12);
        quota.refusal(1, 1);
    }

    @Test
    void theSameRequestIsAdmittedOnce() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 1);
        AdmissionRequest request = quota.request(1, 1);
        assertThat(quota.admission.admit(request).decision()).isInstanceOf(Decision.Admitted.class);
        assertThat(quota.admission.admit(request).decision()).isInstanceOf(Decision.Admitted.class);
        assertThat(quota.used(limit)).isEqualTo(1);
    }

    @Test
    void theSameRequestIsRefusedAgain() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 0);
        AdmissionRequest request = quota.request(1, 1);
        Answer refused = quota.admission.admit(request);
        quota.limits.delete(quota.tenant, limit.limitId(), QuotaUnderTest.ADMIN);
        assertThat(quota.admission.admit(request)).isEqualTo(refused);
    }

    @Test
    void settlingAgainChangesNothing() {
        quota.price(1, 1, 1);
        Limit limit = quota.limit(LimitKind.BUDGET_PER_DAY, 100);
        String request = quota.admit(10, 10);
        assertThat(quota.settle(request, 3, 4)).isEqualTo(7);
        assertThat(quota.settle(request, 10, 10)).isEqualTo(7);
        assertThat(quota.used(limit)).isEqualTo(7);
    }

    @Test
    void moreThanWasHeldIsCountedAsItIs() {
        Limit limit = quota.limit(LimitKind.TOKENS_PER_DAY, 100);
        quota.settle(quota.admit(1, 1), 60, 60);
        assertThat(quota.used(limit)).isEqualTo(120);
    }

    @Test
    void whatWasNotAdmittedCannotBeSettled() {
        assertThatThrownBy(() -> quota.settle(IDS.next("req"), 1, 1))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(AdmissionError.HOLD_NOT_FOUND));
    }

    @Test
    void anotherTenantsRequestIdIsRefusedAndTakesNothing() {
        String taken = quota.admit(1, 1);
        String stranger = IDS.next("tnt");
        var request = new AdmissionRequest(
                taken, stranger, quota.project, quota.key, MODEL, new TokenCount(1, 0, 1), QuotaUnderTest.GATEWAY);
        assertThatThrownBy(() -> quota.admission.admit(request))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(AdmissionError.REQUEST_ID_REUSED));
        var limit = quota.limits.create(
                stranger,
                new NewLimit(TENANT, LimitKind.REQUESTS_PER_MINUTE, 5, Enforcement.ENFORCED),
                Optional.empty(),
                QuotaUnderTest.ADMIN);
        assertThat(quota.used(limit)).isZero();
        quota.admit(1, 1);
    }

    @Test
    void aPriceCountsFromItsMomentOnAndAHoldKeepsItsOwn() {
        quota.price(1, 1, 1);
        String early = quota.admit(10, 10);
        time.advance(Duration.ofSeconds(1));
        quota.price(2, 2, 2);
        String late = quota.admit(10, 10);
        assertThat(quota.settle(early, 10, 10)).isEqualTo(20);
        assertThat(quota.settle(late, 10, 10)).isEqualTo(40);
    }
}
