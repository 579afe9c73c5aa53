package ai.exaone.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class FaultsTest {
    interface Words {
        int add(String word);
    }

    private final List<String> stored = new CopyOnWriteArrayList<>();
    private final Faults faults = new Faults();
    private final Words words = faults.around(Words.class, word -> {
        stored.add(word);
        return stored.size();
    });

    @Test
    void withoutAPlanNothingHappens() {
        assertThat(words.add("a")).isOne();
    }

    @Test
    void failsOnceBeforeItIsDone() {
        faults.failBefore("add", IllegalStateException::new);

        assertThatThrownBy(() -> words.add("a")).isInstanceOf(IllegalStateException.class);
        assertThat(stored).isEmpty();
        assertThat(words.add("a")).isOne();
    }

    @Test
    void failsOnceAfterItIsDone() {
        faults.failAfter("add", IllegalStateException::new);

        assertThatThrownBy(() -> words.add("a")).isInstanceOf(IllegalStateException.class);
        assertThat(stored).containsExactly("a");
    }

    @Test
    void holdsACall() throws Exception {
        var gate = faults.hold("add");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var call = threads.submit(() -> words.add("a"));
            gate.awaitArrival();
            assertThat(stored).isEmpty();
            gate.open();
            assertThat(call.get()).isOne();
        }
    }

    @Test
    void knowsTheMethodsOfTheType() {
        faults.failBefore("remove", IllegalStateException::new);

        assertThatIllegalArgumentException().isThrownBy(() -> faults.around(Words.class, String::length));
    }
}
