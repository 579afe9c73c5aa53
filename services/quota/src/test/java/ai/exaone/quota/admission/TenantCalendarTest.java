package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Days of tenants in every zone there is, over clocks that are set and tenants that move. */
class TenantCalendarTest {
    /** The tenant moves to a zone, and some time passes. */
    record Step(ZoneId zone, Duration passes) {}

    @Property
    void everyMomentIsInItsDayAndTheNextDayIsToCome(@ForAll("zones") ZoneId zone, @ForAll("instants") Instant at) {
        var time = new QuotaTime(at);
        time.move(zone);
        TenantCalendar calendar = time.clock().calendar("tnt");
        LocalDate today = calendar.now().day();

        assertThat(today).isEqualTo(LocalDate.ofInstant(at, zone));
        assertThat(calendar.startOf(today)).isBeforeOrEqualTo(at);
        assertThat(calendar.startOf(today.plusDays(1))).isAfter(at);
        assertThat(calendar.startOf(today.withDayOfMonth(1))).isBeforeOrEqualTo(at);
        assertThat(calendar.startOf(today.withDayOfMonth(1).plusMonths(1))).isAfter(at);
    }

    @Property
    void daysNeverGoBackHoweverTheTenantMoves(@ForAll("instants") Instant start, @ForAll("steps") List<Step> steps) {
        var time = new QuotaTime(start);
        TenantCalendar calendar = time.clock().calendar("tnt");
        LocalDate before = LocalDate.MIN;
        for (Step step : steps) {
            time.move(step.zone);
            time.advance(step.passes);
            LocalDate today = calendar.now().day();
            LocalDate local = LocalDate.ofInstant(time.wall.instant(), step.zone);
            assertThat(today).isAfterOrEqualTo(before).isBetween(local, local.plusDays(2));
            assertThat(calendar.startOf(today.plusDays(1))).isAfter(time.wall.instant());
            before = today;
        }
    }

    @Example
    void aDayThatAWrongClockReachedIsLeftWhenTheClockIsRight() {
        Instant right = Instant.parse("2026-11-23T05:00:00Z");
        var time = new QuotaTime(right.plus(Duration.ofDays(3_650)));
        time.move(ZoneId.of("Asia/Seoul"));
        TenantCalendar calendar = time.clock().calendar("tnt");
        assertThat(calendar.now().day()).isEqualTo(LocalDate.parse("2036-11-20"));
        time.setCalendar(right);
        assertThat(calendar.now().day()).isEqualTo(LocalDate.parse("2026-11-23"));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList())
                .map(ZoneId::of);
    }

    /** Half of them on the hour, where days and offsets change. */
    @Provide
    Arbitrary<Instant> instants() {
        Arbitrary<Long> hours = Arbitraries.longs().between(262_968, 613_608);
        Arbitrary<Long> rest =
                Arbitraries.oneOf(Arbitraries.just(0L), Arbitraries.longs().between(0, 3_599));
        return Combinators.combine(hours, rest).as((hour, seconds) -> Instant.ofEpochSecond(hour * 3_600 + seconds));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Duration> passes = Arbitraries.longs().between(0, 200_000).map(Duration::ofSeconds);
        return Combinators.combine(zones(), passes)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }
}
