package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.price.Price;
import ai.exaone.quota.writer.WriterError;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process is killed and another starts on its database: the old one is left as it was, closed by nobody. */
@EveryEngine(migrated = "quota")
class RestartTest {
    private final TestDatabase database;
    private final QuotaTime time = QuotaTime.started();
    private final QuotaUnderTest killed;

    RestartTest(TestDatabase database) {
        this.database = database;
        killed = QuotaUnderTest.start(database.transactions(), time);
    }

    @AfterEach
    void stop() {
        killed.close();
    }

    @Test
    void nothingThatWasAdmittedIsForgotten() {
        killed.price(10, 10, 10);
        Limit requests = killed.limit(LimitKind.REQUESTS_PER_MINUTE, 3);
        Limit tokens = killed.limit(LimitKind.TOKENS_PER_MINUTE, 100_000);
        Limit slots = killed.limit(LimitKind.CONCURRENT_REQUESTS, 100);
        Limit day = killed.limit(LimitKind.TOKENS_PER_DAY, 100_000);
        Limit month = killed.limit(LimitKind.BUDGET_PER_MONTH, 100_000);
        String open = killed.admit(100, 100);
        time.advance(Duration.ofSeconds(20));
        killed.settle(killed.admit(100, 100), 7, 5);
        killed.admit(100, 100);
        time.advance(Duration.ofSeconds(2));
        try (QuotaUnderTest started = killed.another(database.transactions())) {
            assertThat(started.used(requests)).isEqualTo(3);
            assertThat(started.used(tokens)).isEqualTo(412);
            assertThat(started.used(slots)).isEqualTo(2);
            assertThat(started.used(day)).isEqualTo(412);
            assertThat(started.used(month)).isEqualTo(4_120);
            Decision.Refused refused = (Decision.Refused)
                    started.admission.admit(killed.request(1, 1)).decision();
            assertThat(refused.limit()).isEqualTo(requests);
            assertThat(refused.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(38), Duration.ofSeconds(39));
            assertThat(started.settle(open, 1, 1)).isEqualTo(20);
            assertThat(started.used(month)).isEqualTo(2_140);
        }
    }

    @Test
    void windowsGoOnWhereTheyWere() {
        Limit limit = killed.limit(LimitKind.REQUESTS_PER_MINUTE, 1);
        killed.settle(killed.admit(1, 1), 1, 1);
        time.advance(Duration.ofSeconds(59));
        try (QuotaUnderTest started = killed.another(database.transactions())) {
            assertThat(started.used(limit)).isEqualTo(1);
            time.advance(Duration.ofSeconds(2));
            assertThat(started.used(limit)).isZero();
        }
    }

    @Test
    void theKilledOneDecidesNoMoreAndStoresNothing() {
        Limit limit = killed.limit(LimitKind.REQUESTS_PER_MINUTE, 10);
        String request = killed.admit(1, 1);
        try (QuotaUnderTest started = killed.another(database.transactions())) {
            assertUnavailable(() -> killed.admit(1, 1));
            assertUnavailable(() -> killed.settle(request, 1, 1));
            assertUnavailable(() -> killed.limit(LimitKind.TOKENS_PER_DAY, 1));
            assertUnavailable(() -> killed.drain(0, 10, killed.call(request, 1, 1)));
            killed.sweeper.sweep();
            assertThat(killed.generations.isActive()).isFalse();
            assertThat(started.used(limit)).isEqualTo(1);
            assertThat(started.limits
                            .list(killed.tenant, "", PageRequest.first(50))
                            .items())
                    .containsExactly(limit);
        }
        try (QuotaUnderTest third = killed.another(database.transactions())) {
            assertThat(third.used(limit)).isEqualTo(1);
        }
    }

    @Test
    void aRepeatedAdmissionOrSettlementAfterTheRestartIsTheFirst() {
        Limit limit = killed.limit(LimitKind.REQUESTS_PER_MINUTE, 10);
        Price price = killed.price(1, 1, 1);
        AdmissionRequest open = killed.request(5, 5);
        killed.admission.admit(open);
        String settled = killed.admit(5, 5);
        killed.settle(settled, 2, 1);
        try (QuotaUnderTest started = killed.another(database.transactions())) {
            assertThat(started.admission.admit(open).decision()).isEqualTo(new Decision.Admitted(price.priceId()));
            assertThat(started.settle(settled, 5, 5)).isEqualTo(3);
            assertThat(started.used(limit)).isEqualTo(2);
        }
    }

    @Test
    void aSettlementOfLongAgoIsStillKnown() {
        killed.price(1, 1, 1);
        String settled = killed.admit(5, 5);
        killed.settle(settled, 2, 1);
        time.advance(Duration.ofHours(1));
        killed.sweeper.sweep();
        assertThat(killed.settle(settled, 5, 5)).isEqualTo(3);
    }

    @Test
    void aClockThatWasSetBackBeforeTheRestartLosesNothing() {
        Limit limit = killed.limit(LimitKind.REQUESTS_PER_MINUTE, 1);
        Limit day = killed.limit(LimitKind.TOKENS_PER_DAY, 100);
        killed.settle(killed.admit(1, 1), 1, 1);
        time.setCalendar(time.wall.instant().minusSeconds(300));
        try (QuotaUnderTest started = killed.another(database.transactions())) {
            assertThat(started.used(limit)).isEqualTo(1);
            assertThat(started.used(day)).isEqualTo(2);
        }
    }

    private static void assertUnavailable(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(WriterError.QUOTA_UNAVAILABLE));
    }
}
