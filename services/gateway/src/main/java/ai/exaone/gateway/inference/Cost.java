package ai.exaone.gateway.inference;

import java.util.Optional;
import java.util.OptionalLong;

/** What a call costs, as callers are told. */
final class Cost {
    /** The header of an answer that is whole when it is begun, in KRW. A stream says it in its usage. */
    static final String HEADER = "x-exaone-cost-krw";

    private static final long MICROS = 1_000_000;
    private static final int DECIMALS = 6;

    private Cost() {}

    /**
     * What callers are told: nothing of what is free, or not known.
     *
     * @param micros micro-KRW
     */
    static Optional<String> told(OptionalLong micros) {
        return micros.isPresent() && micros.getAsLong() > 0 ? Optional.of(text(micros.getAsLong())) : Optional.empty();
    }

    /**
     * KRW as a plain decimal, exact, without zeros at its end.
     *
     * @param micros micro-KRW, not negative
     */
    static String text(long micros) {
        long fraction = micros % MICROS;
        if (fraction == 0) {
            return Long.toString(micros / MICROS);
        }
        int decimals = DECIMALS;
        while (fraction % 10 == 0) {
            fraction /= 10;
            decimals--;
        }
        String digits = Long.toString(fraction);
        return micros / MICROS + "." + "0".repeat(decimals - digits.length()) + digits;
    }
}
