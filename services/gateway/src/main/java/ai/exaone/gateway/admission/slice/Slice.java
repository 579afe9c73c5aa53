package ai.exaone.gateway.admission.slice;

import ai.exaone.gateway.admission.GivenBack;
import ai.exaone.gateway.admission.RateLimits;
import ai.exaone.proto.quota.internal.v1.SliceGrant;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What this gateway was granted of one limit. Of requests and tokens it has units that are used up; of concurrent requests it has
 * slots, some of which are taken by requests that run. By calendar it has units that are not used, and keeps what requests hold that run,
 * and what those used that are over, until the ledger has it. Guarded by its {@link TenantAccounts}.
 */
final class Slice {
    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(62);
    /** How much use a slice is meant to last for; unused for as long, it is given back. */
    static final long SPAN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long SHORTEST_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Duration WHOLE_AGAIN = Duration.ofSeconds(60);

    final KnownLimit limit;
    /** Units not used yet; slots taken and free. */
    private long units;

    /** What requests hold that run: slots of the units, or what is no longer among them. */
    private long running;

    /** By calendar, what requests used that are over and whose records the ledger has not confirmed. */
    private long over;

    /** By calendar, the tenant's day, in days since 1970-01-01, of the last grant; 0 before the first. */
    private int day;

    /** By calendar, requests before this one are of a day or month that is over. */
    private long firstCounted;

    private long expiresNanos;
    private long remaining;
    /** How much the limit allows, by quota's last word. */
    private long amount;

    private boolean recalled;
    private long lowWater;

    // What is asked of it.
    private long taken;
    private long missed;
    private long returned;
    private long peak;
    private long largest;
    private double perSecond;
    private long usedNanos;
    private long statedNanos;
    /** Whether it is among those of its tenant that are looked after. */
    boolean lively;

    Slice(KnownLimit limit, long running, long over, long now) {
        this.limit = limit;
        this.amount = limit.value();
        this.running = running;
        this.over = over;
        this.usedNanos = now;
        this.statedNanos = now - SHORTEST_PERIOD_NANOS;
        this.expiresNanos = now;
    }

    boolean covers(long need, long now) {
        return need == 0 || (unused() >= need && now < expiresNanos && !isUndated());
    }

    /** By calendar, the day that a request counts in which takes of it. */
    int day() {
        return day;
    }

    void take(long need, long now) {
        switch (limit.unit()) {
            case SLOTS -> {
                running += need;
                peak = Math.max(peak, running);
            }
            case TOKENS, DAY_TOKENS, MONTH_TOKENS, DAY_MONEY, MONTH_MONEY -> {
                running += need;
                units -= need;
                taken += need;
            }
            case REQUESTS, OTHER -> {
                units -= need;
                taken += need;
            }
        }
        largest = Math.max(largest, need);
        usedNanos = now;
    }

    /**
     * Gives back what is in the way of a request that quota decides about: what the request needs, or all where that is not enough.
     *
     * @return how much, and what is left
     */
    GivenBack.OfLimit giveBack(long need) {
        long given = Math.min(need, Math.max(0, unused()));
        units -= given;
        return new GivenBack.OfLimit(given, Math.max(0, unused()) + returned + over, running);
    }

    /** Notes that a request found too little here. */
    void miss(long need, long now) {
        missed += need;
        largest = Math.max(largest, need);
        usedNanos = now;
    }

    /** Takes as much as there is of what a request used beyond what it held. */
    void takeUpTo(long more) {
        long now = Math.min(units, more);
        units -= now;
        taken += now;
    }

    /** Notes tokens that were reported as held and are not used: the next statement returns them. */
    void giveLater(long unused) {
        returned += unused;
    }

    /** Puts back what was taken since the last statement. */
    void putBack(long unused) {
        units += unused;
        taken = Math.max(0, taken - unused);
    }

    /** A request that ran is over; with what it held. */
    void release(long held) {
        running -= held;
    }

    /** By calendar: a request is over, which holds so much no longer, and is kept for what it used until the ledger has it. */
    void end(SliceHold hold, long held, long used) {
        if (counts(hold)) {
            running -= held;
            over += used;
            units = used <= held ? units + held - used : Math.max(Math.min(units, 0), units - (used - held));
            taken = Math.max(0, taken - (held - used));
        }
    }

    /** By calendar: the ledger has what a request used. */
    void recorded(SliceHold hold) {
        if (counts(hold)) {
            long kept = hold.kept(limit.unit());
            if (hold.isOver) {
                over -= kept;
            } else {
                running -= kept;
            }
        }
    }

    /** Whether it is time to ask for more. */
    boolean isLow() {
        return unused() < lowWater;
    }

    /** Whether nothing of it is granted or runs, and nobody asked for it lately. */
    boolean isIdle(long now) {
        return units <= 0 && running == 0 && over == 0 && now - usedNanos > SPAN_NANOS;
    }

    /** Whether quota waits for a word of it. */
    boolean isHeld() {
        return units > 0 || running > 0 || over > 0;
    }

    /** Says what is kept and what would be good to have, and gives the rest back. */
    void state(Statement.OfTenant statement, long now) {
        if (now >= expiresNanos) {
            lapse(now);
        }
        boolean isIdle = now - usedNanos > SPAN_NANOS;
        long target = isSlots() ? targetSlots(isIdle) : targetUnits(isIdle, now);
        long kept = kept(target);
        units = kept;
        lowWater = Math.max(1, (target - Math.min(target, peak)) / 2);
        if (isIdle) {
            largest = 0;
        }
        taken = 0;
        missed = 0;
        returned = 0;
        peak = isSlots() ? running : 0;
        statedNanos = now;
        long wanted = Math.max(0, target - kept);
        long stated = limit.unit().isByCalendar() ? kept + running + over : kept;
        if (stated > 0 || wanted > 0 || running > 0) {
            statement.demand(new Statement.Demand(this, stated, running, wanted, Math.max(1, largest), day));
        }
    }

    /**
     * Takes over what quota granted.
     *
     * @param expires until when it and what was kept may be used
     * @param next the number of the tenant's next request
     */
    void grant(SliceGrant grant, long expires, long next) {
        if (day != 0 && !limit.unit().isSamePeriod(day, grant.getDay())) {
            // What was kept is of a day or month that is over.
            units = 0;
            running = 0;
            over = 0;
            firstCounted = next;
        }
        day = grant.getDay();
        units += grant.getGranted();
        remaining = grant.getRemaining();
        amount = grant.getCurrentValue() == 0 ? limit.value() : grant.getCurrentValue();
        expiresNanos = expires;
        recalled = grant.getRecalled();
    }

    /** Whether others wait for what is not used of it. */
    boolean isAwaited() {
        return recalled && unused() > 0;
    }

    /** Whether others wait to hear what becomes of it. */
    boolean isRecalled() {
        return recalled && isHeld();
    }

    /** Loses all units: quota counts them as used. What runs, runs; a slot that it leaves is nobody's here. */
    void lapse(long now) {
        expiresNanos = Math.min(expiresNanos, now);
        units = isSlots() ? running : 0;
    }

    /** Has no more units, and wants none. */
    void leave(long now) {
        lapse(now);
        usedNanos = now - 2 * SPAN_NANOS;
    }

    long remaining() {
        return remaining + Math.max(0, unused());
    }

    RateLimits.State rate() {
        return new RateLimits.State(amount, remaining(), WHOLE_AGAIN);
    }

    /** Units that do not make one request possible serve others better. */
    private long kept(long target) {
        if (isSlots()) {
            return recalled ? running : Math.max(running, Math.min(units, target));
        }
        return recalled || units < largest ? 0 : Math.min(units, 2 * target);
    }

    private boolean counts(SliceHold hold) {
        return hold.number >= firstCounted;
    }

    private boolean isUndated() {
        return limit.unit().isByCalendar() && day == 0;
    }

    private boolean isSlots() {
        return limit.unit() == KnownLimit.Unit.SLOTS;
    }

    private long unused() {
        return isSlots() ? units - running : units;
    }

    private long targetUnits(boolean isIdle, long now) {
        double period = Math.max(SHORTEST_PERIOD_NANOS, now - statedNanos) / (double) SPAN_NANOS;
        double seen = (taken + missed) / period;
        perSecond = seen > perSecond ? seen : (perSecond + seen) / 2;
        if (isIdle) {
            perSecond = 0;
            return 0;
        }
        return Math.max(largest, (long) Math.ceil(perSecond));
    }

    private long targetSlots(boolean isIdle) {
        if (isIdle) {
            return running;
        }
        long seen = Math.max(peak, running + missed);
        return seen + Math.max(1, seen / 4);
    }
}
