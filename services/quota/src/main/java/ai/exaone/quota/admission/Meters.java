package ai.exaone.quota.admission;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.limit.LimitUse;
import ai.exaone.quota.limit.Scope;
import ai.exaone.quota.price.PriceError;
import ai.exaone.quota.usage.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The meters of one tenant, by what they count together. Not thread-safe: {@link Book} guards it. */
final class Meters {
    private final TenantCalendar calendar;
    private final Map<Scope, Meter> meters = new HashMap<>();
    /** The scopes of models that share limits, by those of each of them alone. */
    private final Map<Scope, List<Scope>> groups = new HashMap<>();
    /** Ids of the limits in shadow. */
    private final Set<String> shadows = new HashSet<>();

    Meters(TenantCalendar calendar) {
        this.calendar = calendar;
    }

    /** The meters that a call counts in, the widest first. */
    List<Meter> above(String projectId, String keyId, String agentId, String model) {
        List<Scope> scopes = Scope.above(projectId, keyId, agentId, model);
        return groups.isEmpty()
                ? scopes.stream().map(this::at).toList()
                : scopes.stream().flatMap(this::withGroups).map(this::at).toList();
    }

    Meter at(Scope scope) {
        return meters.computeIfAbsent(scope, unused -> new Meter());
    }

    /** Puts a limit in force, in the place of itself as it was. */
    void put(Limit limit, Moment now) {
        if (limit.scope().models().isGroup()) {
            open(limit.scope(), now);
        }
        at(limit.scope()).put(limit);
        if (limit.isShadow()) {
            shadows.add(limit.limitId());
        } else {
            shadows.remove(limit.limitId());
        }
    }

    void remove(Limit limit) {
        at(limit.scope()).remove(limit);
        shadows.remove(limit.limitId());
    }

    /** What the limits say that refuse a demand, the widest first; empty when all let it pass. */
    List<Refusal> refusals(List<Meter> above, Demand demand, Moment now) {
        return above.stream()
                .flatMap(meter -> meter.limits().stream().flatMap(limit -> refusal(meter, limit, demand, now).stream()))
                .toList();
    }

    /** How the tightest limit of a kind per minute stands. */
    RateState rate(List<Meter> above, LimitKind kind, Moment now) {
        return above.stream()
                .flatMap(meter -> meter.limit(kind).map(limit -> meter.rate(limit, now)).stream())
                .min(Comparator.comparingLong(RateState::remaining))
                .orElse(RateState.UNLIMITED);
    }

    /** How a limit stands, for people. */
    LimitUse use(Limit limit, Moment now) {
        return new LimitUse(
                limit.amount(now.at()), at(limit.scope()).known(limit.kind(), now), resetAt(limit.kind(), now.day()));
    }

    /**
     * @throws PlatformException AMOUNT_OUT_OF_RANGE when so much money more could not be counted exactly
     */
    void requireRoom(List<Meter> above, long micros) {
        if (!above.stream().allMatch(meter -> meter.hasRoom(micros))) {
            throw new PlatformException(PriceError.AMOUNT_OUT_OF_RANGE, "The amount is too large to be counted.");
        }
    }

    /** The same for what was used on a day. */
    void requireRoom(JournalEntry.Used used) {
        requireRoom(above(used.key()), used.micros());
    }

    /** Counts what was used on a day. */
    void count(JournalEntry.Used used) {
        above(used.key()).forEach(meter -> meter.addUsed(used.key().day(), used.tokens(), used.micros()));
    }

    boolean hasShadows() {
        return !shadows.isEmpty();
    }

    /** The limits in shadow that would have refused a call, which is counted by now. */
    List<Limit> wouldRefuse(UsageRecord call, LocalDate day, Moment now) {
        UsageRecord.Caller caller = call.caller();
        var shadow = ShadowCall.of(call, day, now.at());
        return above(caller.projectId(), caller.keyId(), caller.agentId(), call.model()).stream()
                .flatMap(meter -> meter.wouldRefuse(shadow, now).stream())
                .toList();
    }

    /** Takes over what a limit in shadow would have refused on a day. */
    void restore(JournalEntry.Shadowed shadowed) {
        meters.values().stream()
                .flatMap(meter -> meter.shadows().stream())
                .filter(shadow -> shadow.limit().limitId().equals(shadowed.limitId()))
                .forEach(shadow -> shadow.addRefused(shadowed.day(), shadowed.amount()));
    }

    void forgetIdle(Moment now) {
        meters.entrySet()
                .removeIf(one -> one.getKey().models().isGroup()
                        ? one.getValue().isWithoutLimits(now)
                        : one.getValue().isIdle(now));
        groups.values().forEach(open -> open.removeIf(group -> !meters.containsKey(group)));
        groups.values().removeIf(List::isEmpty);
    }

    /** A scope behind those of the groups that its model is in. */
    private Stream<Scope> withGroups(Scope scope) {
        return Stream.concat(groups.getOrDefault(scope, List.of()).stream(), Stream.of(scope));
    }

    /** Counts from now on what models use together, beginning with what each of them has used by now. */
    private void open(Scope group, Moment now) {
        List<Scope> members = group.byModel();
        if (groups.getOrDefault(members.getFirst(), List.of()).contains(group)) {
            return;
        }
        var together = new Meter();
        members.stream().map(meters::get).filter(Objects::nonNull).forEach(member -> together.takeOver(member, now));
        meters.put(group, together);
        members.forEach(member ->
                groups.computeIfAbsent(member, unused -> new ArrayList<>()).add(group));
    }

    private List<Meter> above(JournalEntry.DayKey key) {
        return above(key.projectId(), key.keyId(), key.agentId(), key.model());
    }

    private Optional<Refusal> refusal(Meter meter, Limit limit, Demand demand, Moment now) {
        long needed = demand.of(limit.kind());
        if (limit.kind().isBudget() && !demand.priced()) {
            return Optional.of(new Refusal(
                    limit, use(limit, meter, now), needed, AdmissionError.MODEL_WITHOUT_PRICE, Optional.empty()));
        }
        if (meter.allows(limit, needed, now)) {
            return Optional.empty();
        }
        LimitUse use = use(limit, meter, now);
        Duration periodEnd =
                use.resetAt().map(end -> Duration.between(now.at(), end)).orElse(Duration.ZERO);
        return Optional.of(new Refusal(
                limit, use, needed, AdmissionError.QUOTA_EXCEEDED, meter.wait(limit, needed, now, periodEnd)));
    }

    private LimitUse use(Limit limit, Meter meter, Moment now) {
        return new LimitUse(limit.amount(now.at()), meter.used(limit.kind(), now), resetAt(limit.kind(), now.day()));
    }

    private Optional<Instant> resetAt(LimitKind kind, LocalDate day) {
        return switch (kind) {
            case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE, CONCURRENT_REQUESTS -> Optional.empty();
            case TOKENS_PER_DAY, BUDGET_PER_DAY -> Optional.of(calendar.startOf(day.plusDays(1)));
            case TOKENS_PER_MONTH, BUDGET_PER_MONTH ->
                Optional.of(calendar.startOf(day.withDayOfMonth(1).plusMonths(1)));
        };
    }
}
