package ai.exaone.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AbsenceTest {
    private static final long QUARTER = TimeUnit.MILLISECONDS.toNanos(250);
    /** The monotonic clock may begin anywhere, also shortly before it turns over. */
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(20);

    private final Absence absence = new Absence();

    @Test
    void looksAtEveryTurnAtFirstAndOnceASecondLater() {
        assertThat(looks(0, 120)).isEqualTo(120);
        assertThat(looks(120, 40)).isEqualTo(10);
    }

    @Test
    void looksAtEveryTurnAgainAfterItWasBack() {
        looks(0, 160);
        absence.end();

        assertThat(looks(160, 120)).isEqualTo(120);
        assertThat(looks(280, 40)).isEqualTo(10);
    }

    /** How often it is looked for in so many turns of a quarter of a second. */
    private int looks(int from, int turns) {
        int looks = 0;
        for (int turn = from; turn < from + turns; turn++) {
            looks += absence.isLookedFor(START + turn * QUARTER) ? 1 : 0;
        }
        return looks;
    }
}
