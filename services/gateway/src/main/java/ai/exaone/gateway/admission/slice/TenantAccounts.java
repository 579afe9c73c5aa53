package ai.exaone.gateway.admission.slice;

import ai.exaone.gateway.admission.GivenBack;
import ai.exaone.gateway.admission.RateLimits;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.proto.quota.internal.v1.SliceGrant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's callers, its limits, and this gateway's slices of them. Thread-safe: whatever is decided is checked and taken under one
 * lock, which nothing holds for longer than a few microseconds.
 */
final class TenantAccounts {
    final String tenantId;
    private final Exchanges exchanges;
    private final LimitTree tree = new LimitTree();
    private final List<Slice> lively = new ArrayList<>();
    private final List<Account> news = new ArrayList<>();
    /** What is taken now is reported as this; earlier ones that are not reported yet wait. */
    private Batch batch = new Batch();

    private final List<Batch> unreported = new ArrayList<>();
    private String runId = "";
    private long sequence;
    private boolean answered;
    /** Counts requests that slices cover. */
    private long admitted;

    TenantAccounts(String tenantId, Exchanges exchanges) {
        this.tenantId = tenantId;
        this.exchanges = exchanges;
    }

    /** Takes what a request needs of all slices above its caller; null where quota has to be asked. Nothing is taken then. */
    synchronized @Nullable SliceHold take(CallerModel caller, Need need, long now) {
        Account account = tree.account(caller, now);
        boolean asksQuota =
                account.asksQuota || (account.needsPrice && need.micros().isEmpty());
        if (asksQuota || !covered(account, need, now)) {
            return null;
        }
        boolean isLow = false;
        int day = 0;
        for (Slice slice : account.slices) {
            long taken = need.of(slice.limit.unit());
            slice.take(taken, now);
            revive(slice);
            isLow |= slice.isLow();
            day = taken > 0 ? Math.max(day, slice.day()) : day;
        }
        account.take(need.tokens(), need.slots(), now);
        batch.take();
        list(account, now);
        if (isLow) {
            exchanges.low(now);
        }
        var hold = new SliceHold(this, account, need, batch, rates(account), day, admitted++);
        account.begin(hold);
        return hold;
    }

    /**
     * Gives back what would be in the way of a request that quota is asked about, and says how the slices above it stand. Nothing while an
     * exchange is not answered: quota could not tell whether the exchange has said so already.
     */
    synchronized GivenBack giveBack(CallerModel caller, Need need, long now) {
        if (!answered) {
            return GivenBack.NOTHING;
        }
        Map<String, GivenBack.OfLimit> given = new HashMap<>();
        for (Slice slice : tree.account(caller, now).slices) {
            given.put(slice.limit.limitId(), slice.giveBack(need.of(slice.limit.unit())));
        }
        return new GivenBack(runId, sequence, given);
    }

    /**
     * Replaces what a request holds by what it used.
     *
     * @return whether nothing is to be done with it any more
     */
    synchronized boolean settle(SliceHold hold, TokenCounts used, long now) {
        Account account = hold.account;
        tree.resolve(account);
        account.release(hold.need.tokens(), hold.need.slots());
        long unused = hold.need.tokens() - used.input() - used.output();
        for (Slice slice : account.slices) {
            if (slice.limit.unit() == KnownLimit.Unit.SLOTS) {
                slice.release(hold.need.slots());
            } else if (slice.limit.unit() == KnownLimit.Unit.TOKENS) {
                slice.release(hold.need.tokens());
                correct(slice, hold, unused);
            }
        }
        if (unused > 0 && hold.batch != batch) {
            account.giveBack(hold.batch, unused);
        } else {
            account.correct(-unused);
        }
        if (unused != 0) {
            list(account, now);
        }
        account.end(hold, used);
        return hold.isDone();
    }

    /**
     * Notes that the ledger has the record of a request: what is kept of it by calendar counts there.
     *
     * @return whether nothing is to be done with it any more
     */
    synchronized boolean recorded(SliceHold hold, long now) {
        tree.resolve(hold.account);
        if (hold.account.recorded(hold)) {
            exchanges.low(now);
        }
        return hold.isDone();
    }

    /** Puts other limits in the place of those there were: a slice of one that changed is given back. */
    synchronized void replace(List<KnownLimit> changed, long now) {
        tree.replace(changed, now);
        if (lively.removeIf(slice -> !tree.has(slice))) {
            exchanges.speaks(this);
            exchanges.news(now);
        }
        // What runs below a new limit quota does not know of yet.
        tree.slices().stream().filter(slice -> slice.isHeld() && !slice.lively).forEach(slice -> {
            revive(slice);
            exchanges.low(now);
        });
        // What is taken from here on comes from other slices.
        if (batch.isTaken()) {
            unreported.add(batch);
            batch = new Batch();
        }
    }

    /**
     * Says what quota is to know, as part of an exchange.
     *
     * @return empty when there is nothing to say
     */
    synchronized Optional<Statement.OfTenant> state(String run, long number, long now) {
        runId = run;
        sequence = number;
        answered = false;
        var statement = new Statement.OfTenant(this);
        unreported.add(batch);
        unreported.forEach(reported -> reported.report(runId, sequence, now));
        unreported.clear();
        batch = new Batch();
        for (Account account : news) {
            account.report(statement, runId, now);
            account.listed = false;
        }
        news.clear();
        lively.forEach(slice -> slice.state(statement, now));
        lively.removeIf(slice -> {
            slice.lively = !slice.isIdle(now);
            return !slice.lively;
        });
        tree.forgetIdle(now);
        return statement.isEmpty() ? Optional.empty() : Optional.of(statement);
    }

    /** The last exchange that spoke of this tenant is answered. */
    synchronized void answered() {
        answered = true;
    }

    /** Takes over what quota granted of a slice that was spoken of. Others may wait for what is not used of it. */
    synchronized void grant(Slice slice, SliceGrant grant, long expires, long now) {
        slice.grant(grant, expires, admitted);
        if (slice.isAwaited()) {
            exchanges.starved(now);
        } else if (slice.isRecalled()) {
            exchanges.low(now);
        }
    }

    /** Loses all slices: the account that quota has of them is not continued. */
    synchronized void lapse(long now) {
        lively.forEach(slice -> slice.lapse(now));
    }

    /** Gives all slices back with the next word, and asks for none. */
    synchronized void leave(long now) {
        lively.forEach(slice -> slice.leave(now));
    }

    /** Whether an exchange is due although nothing more is used: quota waits for a word of what it granted. */
    synchronized boolean isHeld() {
        return lively.stream().anyMatch(Slice::isHeld);
    }

    private boolean covered(Account account, Need need, long now) {
        boolean isCovered = true;
        for (Slice slice : account.slices) {
            isCovered &= slice.covers(need.of(slice.limit.unit()), now);
        }
        if (!isCovered) {
            for (Slice slice : account.slices) {
                slice.miss(need.of(slice.limit.unit()), now);
                revive(slice);
            }
            exchanges.starved(now);
        }
        return isCovered;
    }

    private void correct(Slice slice, SliceHold hold, long unused) {
        if (unused < 0) {
            slice.takeUpTo(-unused);
        } else if (hold.batch == batch) {
            slice.putBack(unused);
        } else {
            slice.giveLater(unused);
        }
    }

    private static RateLimits rates(Account account) {
        return account.slices.isEmpty()
                ? RateLimits.UNKNOWN
                : new RateLimits(
                        tightest(account, KnownLimit.Unit.REQUESTS), tightest(account, KnownLimit.Unit.TOKENS));
    }

    private static Optional<RateLimits.State> tightest(Account account, KnownLimit.Unit unit) {
        Slice tightest = null;
        for (Slice slice : account.slices) {
            if (slice.limit.unit() == unit && (tightest == null || slice.remaining() < tightest.remaining())) {
                tightest = slice;
            }
        }
        return tightest == null ? Optional.empty() : Optional.of(tightest.rate());
    }

    private void revive(Slice slice) {
        if (!slice.lively) {
            slice.lively = true;
            lively.add(slice);
            exchanges.speaks(this);
        }
    }

    private void list(Account account, long now) {
        if (!account.listed) {
            account.listed = true;
            news.add(account);
            exchanges.speaks(this);
            exchanges.news(now);
        }
    }
}
