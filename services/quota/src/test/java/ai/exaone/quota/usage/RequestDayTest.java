package ai.exaone.quota.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.ids.IdGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RequestDayTest {
    @Property
    void anIdTellsTheDayItWasMadeOn(@ForAll @LongRange(min = 0, max = 253_402_300_799L) long second) {
        Instant at = Instant.ofEpochSecond(second);
        String id = new IdGenerator(Clock.fixed(at, ZoneOffset.UTC), new SecureRandom()).next("req");
        assertThat(RequestDay.of(id)).isEqualTo(RequestDay.of(LocalDate.ofInstant(at, ZoneOffset.UTC)));
    }

    @Test
    void whatIsNoSuchIdIsOfDayZero() {
        assertThat(RequestDay.of("")).isZero();
        assertThat(RequestDay.of("req_1")).isZero();
        assertThat(RequestDay.of("req_u1j9z3kq5v7w8x9y0z1a2b3c4d")).isZero();
    }
}
