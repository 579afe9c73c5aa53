package ai.exaone.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdGeneratorTest {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private final AtomicLong millis = new AtomicLong(1_790_000_000_000L);
    private final Clock clock = ((InstantSource) () -> Instant.ofEpochMilli(millis.get())).withZone(ZoneOffset.UTC);
    private final IdGenerator ids = new IdGenerator(clock, new SecureRandom());

    @Test
    void isAPrefixAndAVersion7Uuid() {
        String id = ids.next("tnt");

        assertThat(id).matches("tnt_[0-9a-hjkmnp-tv-z]{26}");
        UUID uuid = decode(id);
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(millis.get());
    }

    @Property(tries = 200)
    void idsAreUniqueAndInOrderHoweverTheClockMoves(
            @ForAll @Size(max = 200) List<@LongRange(min = -50, max = 50) Long> steps) {
        var made = new ArrayList<String>();
        for (long step : steps) {
            millis.addAndGet(step);
            made.add(ids.next("run"));
        }

        assertThat(made).doesNotHaveDuplicates().isSorted();
        assertThat(made).allSatisfy(id -> assertThat(decode(id).version()).isEqualTo(7));
    }

    @Test
    void manyOfOneMillisecondStayInOrder() {
        String last = "";
        for (int count = 0; count < 100_000; count++) {
            String next = ids.next("req");
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    @Test
    void threadsShareAGenerator() throws Exception {
        var made = ConcurrentHashMap.<String>newKeySet();
        Callable<Boolean> work = () -> {
            for (int count = 0; count < 5_000; count++) {
                made.add(ids.next("key"));
            }
            return true;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(List.of(work, work, work, work))) {
                assertThat(done.get()).isTrue();
            }
        }

        assertThat(made).hasSize(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", "TNT", "tnt_", "toolongprefix", "t1"})
    void refusesOtherPrefixes(String prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> ids.next(prefix));
    }

    private static UUID decode(String id) {
        var value = BigInteger.ZERO;
        for (char character : id.substring(id.indexOf('_') + 1).toCharArray()) {
            value = value.shiftLeft(5).or(BigInteger.valueOf(ALPHABET.indexOf(character)));
        }
        assertThat(value.bitLength()).isLessThanOrEqualTo(128);
        return new UUID(value.shiftRight(64).longValue(), value.longValue());
    }
}
