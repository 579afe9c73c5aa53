package ai.exaone.gateway.batches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LinePlacesTest {
    private final AtomicInteger running = new AtomicInteger();
    private final LinePlaces places = new LinePlaces(4, running::get);

    @Test
    void letsWhoWaitsGoFirst() {
        running.set(3);
        assertThat(places.take()).isTrue();
        running.set(4);
        assertThat(places.take()).as("three others leave one place").isFalse();
        running.set(1);
        assertThat(places.take()).isTrue();
    }

    @Test
    void alwaysHasOnePlace() {
        running.set(100);
        assertThat(places.take()).isTrue();
        running.set(101);
        assertThat(places.take()).isFalse();
        places.leave();
        assertThat(places.take()).isTrue();
    }
}
