package ai.exaone.gateway.inference;

import java.util.concurrent.TimeUnit;

/** How long the platform itself took over a call so far: all the time since it was read that nobody upstream was waited for. */
final class Overhead {
    /** The header that tells callers, in milliseconds. */
    static final String HEADER = "x-exaone-overhead-ms";

    private static final long MICROS = 1_000;

    private final long readNanos;
    private long sentNanos;
    private long cameNanos;
    private long waitedNanos;

    /**
     * @param readNanos when the request was there whole, on the monotonic clock
     */
    Overhead(long readNanos) {
        this.readNanos = readNanos;
    }

    /** The request goes upstream now. */
    void sent(long nowNanos) {
        waitedNanos += cameNanos - sentNanos;
        sentNanos = nowNanos;
        cameNanos = nowNanos;
    }

    /** Something came from there now; the last such time counts. */
    void came(long nowNanos) {
        cameNanos = nowNanos;
    }

    /** Milliseconds with three decimals. */
    String text(long nowNanos) {
        long waited = waitedNanos + cameNanos - sentNanos;
        long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(nowNanos - readNanos - waited));
        long thousandths = micros % MICROS;
        String padding = thousandths < 10 ? "00" : thousandths < 100 ? "0" : "";
        return micros / MICROS + "." + padding + thousandths;
    }
}
