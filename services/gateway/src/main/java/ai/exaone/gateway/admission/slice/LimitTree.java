package ai.exaone.gateway.admission.slice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One tenant's limits, this gateway's slices of them, and who calls below them. Guarded by its {@link TenantAccounts}. */
final class LimitTree {
    private static final long ACCOUNT_KEPT_NANOS = Slice.WINDOW_NANOS;

    /** By what they are on. */
    private Map<CallerModel, List<KnownLimit>> limits = Map.of();
    /** By their limits' ids. */
    private Map<String, Slice> slices = new HashMap<>();
    /** Counts the changes of the limits; accounts take them over when they are needed next. */
    private int changes;

    private final Map<CallerModel, Account> accounts = new HashMap<>();
    private long sweptNanos;

    /** The account of a caller, with the limits as they are now. */
    Account account(CallerModel caller, long now) {
        Account account = accounts.get(caller);
        if (account == null) {
            account = new Account(caller);
            account.usedNanos = now;
            accounts.put(caller, account);
        }
        resolve(account);
        return account;
    }

    /** Lets an account have the slices of all limits above it, as they are now. */
    void resolve(Account account) {
        if (account.limitsSeen == changes) {
            return;
        }
        account.limitsSeen = changes;
        List<KnownLimit> above = account.caller.above().stream()
                .flatMap(scope -> limits.getOrDefault(scope, List.of()).stream())
                .toList();
        account.asksQuota = !above.stream().allMatch(KnownLimit::isSliced);
        account.needsPrice = above.stream().anyMatch(limit -> limit.unit().isMoney());
        account.slices = above.stream()
                .filter(KnownLimit::isSliced)
                .map(limit -> slices.get(limit.limitId()))
                .toList();
    }

    /** Puts other limits in the place of those there were. A limit that did not change keeps its slice. */
    void replace(List<KnownLimit> changed, long now) {
        limits = byWhatTheyAreOn(changed);
        changes++;
        Map<String, Slice> before = slices;
        slices = new HashMap<>();
        changed.stream().filter(KnownLimit::isSliced).forEach(limit -> {
            Slice known = before.get(limit.limitId());
            slices.put(
                    limit.limitId(),
                    known != null && known.limit.equals(limit)
                            ? known
                            : new Slice(limit, running(limit), over(limit), now));
        });
    }

    Collection<Slice> slices() {
        return slices.values();
    }

    /** Whether a slice is one of a limit that there is. */
    boolean has(Slice slice) {
        return slices.get(slice.limit.limitId()) == slice;
    }

    /** Forgets callers that have not called for long, now and then. */
    void forgetIdle(long now) {
        if (now - sweptNanos > ACCOUNT_KEPT_NANOS) {
            sweptNanos = now;
            accounts.values()
                    .removeIf(account ->
                            account.isQuiet() && !account.listed && now - account.usedNanos > ACCOUNT_KEPT_NANOS);
        }
    }

    private static Map<CallerModel, List<KnownLimit>> byWhatTheyAreOn(List<KnownLimit> all) {
        var byScope = new HashMap<CallerModel, List<KnownLimit>>();
        for (KnownLimit limit : all) {
            limit.on()
                    .forEach(scope -> byScope.computeIfAbsent(scope, unused -> new ArrayList<>())
                            .add(limit));
        }
        return byScope;
    }

    private long running(KnownLimit limit) {
        return accounts.values().stream()
                .filter(account -> limit.isAbove(account.caller))
                .mapToLong(account -> account.running(limit.unit()))
                .sum();
    }

    private long over(KnownLimit limit) {
        return accounts.values().stream()
                .filter(account -> limit.isAbove(account.caller))
                .mapToLong(account -> account.over(limit.unit()))
                .sum();
    }
}
