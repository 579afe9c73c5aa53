package ai.exaone.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MutableClockTest {
    @Test
    void movesOnCommandInAllItsZones() {
        var clock = MutableClock.started();
        var seoul = clock.withZone(ZoneId.of("Asia/Seoul"));
        var before = clock.instant();

        assertThat(clock.instant()).isEqualTo(before);
        clock.advance(Duration.ofMinutes(1));

        assertThat(seoul.instant()).isEqualTo(before.plusSeconds(60));
        assertThat(seoul.getZone()).isEqualTo(ZoneId.of("Asia/Seoul"));
        clock.set(before.minusSeconds(1));
        assertThat(clock.instant()).isBefore(before);
    }
}
