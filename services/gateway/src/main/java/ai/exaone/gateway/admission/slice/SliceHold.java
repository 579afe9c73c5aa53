package ai.exaone.gateway.admission.slice;

import ai.exaone.gateway.admission.RateLimits;
import ai.exaone.gateway.metering.TokenCounts;

/**
 * What one request took of this gateway's slices. What it took by calendar is kept until the request is over and the ledger has its
 * record: in either order. Guarded by its {@link TenantAccounts}.
 */
final class SliceHold {
    final TenantAccounts tenant;
    final Account account;
    final Need need;
    /** What it is reported in. */
    final Batch batch;
    /** What remained when it was admitted. */
    final RateLimits limits;
    /** The tenant's day, in days since 1970-01-01, that it counts in by calendar; 0 where no such limit counts it. */
    final int day;
    /** Counts the tenant's requests. */
    final long number;
    /** What is kept of it by calendar: held while it runs, used when it is over. */
    long keptTokens;

    long keptMicros;
    boolean isOver;
    boolean isRecorded;

    SliceHold(TenantAccounts tenant, Account account, Need need, Batch batch, RateLimits limits, int day, long number) {
        this.tenant = tenant;
        this.account = account;
        this.need = need;
        this.batch = batch;
        this.limits = limits;
        this.day = day;
        this.number = number;
        this.keptTokens = day == 0 ? 0 : need.tokens();
        this.keptMicros = day == 0 ? 0 : need.micros().orElse(0);
    }

    /** What is kept of it of a limit. */
    long kept(KnownLimit.Unit unit) {
        return unit.isMoney() ? keptMicros : keptTokens;
    }

    /** Whether nothing is to be done with it any more. */
    boolean isDone() {
        return isOver && (isRecorded || day == 0);
    }

    /**
     * Replaces what it holds by what it used.
     *
     * @return whether nothing is to be done with it any more
     */
    boolean settle(TokenCounts used, long now) {
        return tenant.settle(this, used, now);
    }

    /**
     * Notes that the ledger has its record.
     *
     * @return whether nothing is to be done with it any more
     */
    boolean recorded(long now) {
        return tenant.recorded(this, now);
    }
}
