package ai.exaone.gateway.admission.slice;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.GivenBack;
import ai.exaone.proto.quota.internal.v1.ExchangeSlicesRequest;
import ai.exaone.proto.quota.internal.v1.ExchangeSlicesResponse;
import ai.exaone.proto.quota.internal.v1.SliceDemand;
import ai.exaone.proto.quota.internal.v1.SliceGrant;
import ai.exaone.proto.quota.internal.v1.SliceUse;
import ai.exaone.proto.quota.internal.v1.TenantSlices;
import com.google.protobuf.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Quota that grants what a test says, and holds a gateway to account: it uses and keeps no more than it was granted. */
final class StrictQuota implements SliceQuota {
    private enum Away implements ErrorReason {
        AWAY(ErrorCategory.UNAVAILABLE),
        OUTDATED(ErrorCategory.ABORTED);

        private final ErrorCategory category;

        Away(ErrorCategory category) {
            this.category = category;
        }

        @Override
        public ErrorCategory category() {
            return category;
        }
    }

    /** How an exchange goes. */
    enum Course {
        ANSWERED,
        ANSWER_LOST,
        NOT_RECEIVED,
        OUTDATED
    }

    static final int RATE_TERM = 9;
    static final int SLOT_TERM = 2;
    static final int SHORT_TERM = 1;

    private static final ExchangeSlicesResponse.Builder TERMS = ExchangeSlicesResponse.newBuilder()
            .setRateTerm(Duration.newBuilder().setSeconds(RATE_TERM))
            .setSlotTerm(Duration.newBuilder().setSeconds(SLOT_TERM));

    private final Map<String, Long> credit = new HashMap<>();
    private final Map<String, Long> running = new HashMap<>();
    /** Limits that the last answer recalled. */
    private final Set<String> recalled = new HashSet<>();

    private Map<String, KnownLimit> limits = Map.of();
    private @Nullable ExchangeSlicesRequest last;
    private ExchangeSlicesResponse lastAnswer = TERMS.build();
    private ExchangeSlicesResponse told = TERMS.build();
    Course course = Course.ANSWERED;
    long generosity;
    /** Whether it asks for all that is not used. */
    boolean recalls;
    /** Whether what it grants may be used for a second only. */
    boolean shortens;
    /** What requests hold of a limit that run, at the time of a statement; empty for one that was made before. */
    Optional<ToLongFunction<KnownLimit>> held = Optional.empty();
    /** What the ledger does not have of the requests of a day or month. */
    interface Kept {
        long of(KnownLimit limit, int day);
    }

    /** The same, at the time of a statement; empty for one that was made before. */
    Optional<Kept> kept = Optional.empty();
    /** The tenant's day. */
    int day = 20_000;
    /** Requests reported, each once. */
    long requests;
    /** Tokens reported, less those given back. */
    long tokens;

    int received;

    void limits(List<KnownLimit> present) {
        limits = new HashMap<>();
        present.forEach(limit -> limits.put(limit.limitId(), limit));
        // What was granted of a limit that has another value now is to be given back, and is not used any more.
        credit.keySet().retainAll(limits.keySet());
    }

    @Override
    public ExchangeSlicesResponse exchange(ExchangeSlicesRequest request) {
        if (course == Course.NOT_RECEIVED) {
            throw new PlatformException(Away.AWAY, "Away");
        }
        if (course == Course.OUTDATED) {
            credit.clear();
            recalled.clear();
            last = null;
            throw new PlatformException(Away.OUTDATED, "Outdated");
        }
        received++;
        if (last == null
                || !last.getRunId().equals(request.getRunId())
                || last.getSequence() != request.getSequence()) {
            assertThat(request.getSequence())
                    .isEqualTo(
                            last == null || !last.getRunId().equals(request.getRunId()) ? 1 : last.getSequence() + 1);
            lastAnswer = answer(request);
            last = request;
        } else {
            assertThat(request).as("a repeated exchange").isEqualTo(last);
        }
        if (course == Course.ANSWER_LOST) {
            throw new PlatformException(Away.AWAY, "Away");
        }
        told = lastAnswer;
        return lastAnswer;
    }

    /** For how many seconds what the last answer that arrived granted of a limit may be used, from when it was asked for. */
    long term(KnownLimit limit) {
        long ofAll = limit.unit() == KnownLimit.Unit.SLOTS ? SLOT_TERM : RATE_TERM;
        return told.getGrantsList().stream()
                .filter(grant -> grant.getLimitId().equals(limit.limitId()) && grant.hasTerm())
                .mapToLong(grant -> grant.getTerm().getSeconds())
                .findFirst()
                .orElse(ofAll);
    }

    /** What the gateway has of a limit. */
    long credit(KnownLimit limit) {
        return credit.getOrDefault(limit.limitId(), 0L);
    }

    /** Units that the gateway has and nothing of it uses; not of limits by calendar, of which it keeps what the ledger does not have. */
    long unused() {
        return credit.entrySet().stream()
                .filter(held -> !limits.get(held.getKey()).unit().isByCalendar())
                .mapToLong(held -> held.getValue() - running.getOrDefault(held.getKey(), 0L))
                .sum();
    }

    /** The ledger has what a request used: its gateway need not keep it any more. */
    void record(KnownLimit limit, int requestDay, long amount) {
        if (limit.unit().isSamePeriod(requestDay, day)) {
            credit.computeIfPresent(limit.limitId(), (id, before) -> before - amount);
        }
    }

    /** Takes back what a gateway gives back with a call. */
    void giveBack(GivenBack given) {
        if (last != null && last.getRunId().equals(given.runId()) && last.getSequence() == given.sequence()) {
            given.slices()
                    .forEach((limitId, slice) -> credit.computeIfPresent(limitId, (id, before) -> {
                        assertThat(slice.units()).as("given back").isLessThanOrEqualTo(before);
                        return before - slice.units();
                    }));
        }
    }

    private ExchangeSlicesResponse answer(ExchangeSlicesRequest request) {
        ExchangeSlicesResponse.Builder answer = TERMS.clone();
        Map<String, Long> before = Map.copyOf(credit);
        Set<String> recalledBefore =
                last != null && last.getRunId().equals(request.getRunId()) ? Set.copyOf(recalled) : Set.of();
        credit.clear();
        running.clear();
        recalled.clear();
        for (TenantSlices said : request.getTenantsList()) {
            said.getUsesList().forEach(use -> {
                requests += use.getRequests();
                tokens += use.getTokens();
            });
            said.getReturnsList().forEach(returned -> {
                assertThat(returned.getSequence()).isLessThanOrEqualTo(request.getSequence());
                tokens -= returned.getTokens();
            });
            for (SliceDemand demand : said.getDemandsList()) {
                KnownLimit limit = limits.get(demand.getLimitId());
                if (limit != null) {
                    check(limit, demand, said.getUsesList(), before.get(limit.limitId()));
                    if (recalledBefore.contains(limit.limitId())
                            && !limit.unit().isByCalendar()) {
                        assertThat(demand.getKept())
                                .as("kept of what is recalled")
                                .isEqualTo(slotsRunning(limit, demand));
                    }
                    long granted = Math.min(demand.getWanted(), generosity);
                    long kept = isOver(limit, demand) ? 0 : demand.getKept();
                    credit.put(limit.limitId(), kept + granted);
                    running.put(limit.limitId(), slotsRunning(limit, demand));
                    if (recalls) {
                        recalled.add(limit.limitId());
                    }
                    SliceGrant.Builder grant = SliceGrant.newBuilder()
                            .setLimitId(limit.limitId())
                            .setGranted(granted)
                            .setRemaining(7)
                            .setDay(limit.unit().isByCalendar() ? day : 0)
                            .setRecalled(recalls);
                    if (shortens) {
                        grant.setTerm(Duration.newBuilder().setSeconds(SHORT_TERM));
                    }
                    answer.addGrants(grant);
                }
            }
        }
        return answer.build();
    }

    private boolean isOver(KnownLimit limit, SliceDemand demand) {
        return demand.getDay() != 0 && !limit.unit().isSamePeriod(demand.getDay(), day);
    }

    /** By calendar: all is kept that the ledger does not have, and what was granted, all in all, is not exceeded. */
    private void checkByCalendar(KnownLimit limit, SliceDemand demand, @Nullable Long before) {
        // One that was made before may keep what the ledger has by now: then that counts twice, until the next.
        if (!isOver(limit, demand) && kept.isPresent()) {
            assertThat(demand.getKept())
                    .as("kept")
                    .isGreaterThanOrEqualTo(kept.get().of(limit, day));
            if (before != null) {
                assertThat(demand.getKept()).as("kept of what was granted").isLessThanOrEqualTo(before);
            }
        }
        assertThat(demand.getRunning()).isBetween(0L, demand.getKept());
    }

    private void check(KnownLimit limit, SliceDemand demand, List<SliceUse> uses, @Nullable Long before) {
        if (limit.unit().isByCalendar()) {
            checkByCalendar(limit, demand, before);
            return;
        }
        held.ifPresent(
                truth -> assertThat(demand.getRunning()).as("held by what runs").isEqualTo(truth.applyAsLong(limit)));
        if (before == null) {
            assertThat(demand.getKept()).as("kept of what was not granted").isEqualTo(slotsRunning(limit, demand));
            return;
        }
        if (limit.unit() == KnownLimit.Unit.SLOTS) {
            assertThat(demand.getKept()).as("slots").isLessThanOrEqualTo(before);
            return;
        }
        long used = uses.stream()
                .filter(use -> limit.isAbove(
                        new CallerModel(use.getProjectId(), use.getKeyId(), use.getAgentId(), use.getModel())))
                .mapToLong(use -> limit.unit() == KnownLimit.Unit.REQUESTS ? use.getRequests() : use.getTokens())
                .sum();
        assertThat(used).as("used").isLessThanOrEqualTo(before);
        assertThat(demand.getKept()).as("kept").isLessThanOrEqualTo(before - used);
    }

    private static long slotsRunning(KnownLimit limit, SliceDemand demand) {
        return limit.unit() == KnownLimit.Unit.SLOTS ? demand.getRunning() : 0;
    }
}
