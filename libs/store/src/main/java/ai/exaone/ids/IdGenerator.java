package ai.exaone.ids;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * Makes ids: a prefix that names the kind of resource, an underscore, and a UUID of version 7 (RFC 9562) in 26 characters of
 * lower-case Crockford base32: {@code tnt_01j9z3kq5v7w8x9y0z1a2b3c4d}.
 *
 * <p>Ids of one generator and prefix are unique and sort, as bytes, in the order they were made, also when the clock stands still
 * or goes back: the 74 random bits then count upwards from a random start. Thread-safe.
 */
public final class IdGenerator {
    private static final int SHORTEST_PREFIX = 2;
    private static final int LONGEST_PREFIX = 8;
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 26;
    private static final int BITS_PER_CHARACTER = 5;

    private static final int TIME_BITS = 48;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int RANDOM_A_BITS = 12;
    private static final int RANDOM_B_BITS = 62;
    private static final long RANDOM_A_MASK = (1L << RANDOM_A_BITS) - 1;
    private static final long RANDOM_B_MASK = (1L << RANDOM_B_BITS) - 1;
    /** Of the step between two ids of one millisecond: the next id cannot be guessed from the last. */
    private static final int STEP_BITS = 32;
    /** Drawn at once: a draw of eight bytes costs as much as one of hundreds. */
    private static final int DRAWN_BYTES = 512;

    private final Clock clock;
    private final SecureRandom random;
    private final ByteBuffer drawn = ByteBuffer.allocate(DRAWN_BYTES).limit(0);

    private long millis = -1;
    private long randomA;
    private long randomB;

    public IdGenerator(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * The next id of a kind of resource.
     *
     * @param prefix two to eight lower-case letters, for example {@code tnt}
     */
    public String next(String prefix) {
        if (!isPrefix(prefix)) {
            throw new IllegalArgumentException("Not a prefix of ids: " + prefix);
        }
        return prefix + "_" + next();
    }

    private static boolean isPrefix(String prefix) {
        boolean letters = true;
        for (int i = 0; i < prefix.length(); i++) {
            letters &= prefix.charAt(i) >= 'a' && prefix.charAt(i) <= 'z';
        }
        return letters && prefix.length() >= SHORTEST_PREFIX && prefix.length() <= LONGEST_PREFIX;
    }

    private synchronized String next() {
        long now = clock.millis();
        if (now > millis) {
            startMillisecond(now);
        } else {
            countUp();
        }
        long high = (millis << (Long.SIZE - TIME_BITS)) | VERSION | randomA;
        long low = VARIANT | randomB;
        return encode(high, low);
    }

    private void startMillisecond(long now) {
        millis = now;
        // The topmost bit starts at zero: room to count upwards.
        randomA = draw() & (RANDOM_A_MASK >> 1);
        randomB = draw() & RANDOM_B_MASK;
    }

    private long draw() {
        if (!drawn.hasRemaining()) {
            random.nextBytes(drawn.array());
            drawn.clear();
        }
        return drawn.getLong();
    }

    private void countUp() {
        randomB += 1 + (draw() >>> (Long.SIZE - STEP_BITS));
        if (randomB > RANDOM_B_MASK) {
            randomB &= RANDOM_B_MASK;
            randomA++;
        }
        if (randomA > RANDOM_A_MASK) {
            startMillisecond(millis + 1);
        }
    }

    /** Writes 128 bits, the highest first: the first character holds the top three. */
    private static String encode(long high, long low) {
        char[] characters = new char[LENGTH];
        long upper = high;
        long lower = low;
        for (int position = LENGTH - 1; position >= 0; position--) {
            characters[position] = ALPHABET[(int) (lower & (ALPHABET.length - 1))];
            lower = (lower >>> BITS_PER_CHARACTER) | (upper << (Long.SIZE - BITS_PER_CHARACTER));
            upper >>>= BITS_PER_CHARACTER;
        }
        return new String(characters);
    }
}
