package ai.exaone.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class PatienceTest {
    @Test
    void aConditionThatThrowsDoesNotHoldYet() {
        var looks = new AtomicInteger();

        Awaitility.await().until(() -> {
            if (looks.incrementAndGet() == 1) {
                throw new NoSuchElementException("not here yet");
            }
            return true;
        });

        assertThat(looks).hasValue(2);
    }
}
