package ai.exaone.rpc;

import java.util.concurrent.TimeUnit;

/** How often a service that is away is looked for. For one thread. */
final class Absence {
    /** A service that is away for longer is not being restarted: it is left out, or broken, and to look for it costs something. */
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private boolean lasts;
    private long sinceNanos;
    private long lookedNanos;

    /**
     * Notes that it is away: at first it is looked for whenever this is asked, and once a second where it has been away for long.
     *
     * @param now on the monotonic clock
     */
    boolean isLookedFor(long now) {
        if (!lasts) {
            lasts = true;
            sinceNanos = now;
        }
        boolean due = now - sinceNanos < LONG_NANOS || now - lookedNanos >= PAUSE_NANOS;
        lookedNanos = due ? now : lookedNanos;
        return due;
    }

    /** It is back. */
    void end() {
        lasts = false;
    }
}
