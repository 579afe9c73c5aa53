package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.limit.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Admission as one would do it on paper: it keeps every request and counts them all again for every question. */
final class AdmissionModel {
    static final long INPUT_MICROS = 3;
    static final long OUTPUT_MICROS = 5;

    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final Duration LOSS = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Instant ORIGIN = Instant.parse("2026-03-18T15:30:00Z").minus(Duration.ofDays(3));

    /** A request that was admitted. */
    static final class Request {
        final String id;
        final AdmissionRequest asked;
        final Instant at;
        final LocalDate day;
        HoldState state = HoldState.HELD;
        boolean slot = true;
        Instant begun = Instant.MIN;
        long tokens;
        long micros;

        Request(AdmissionRequest asked, Instant at, LocalDate day) {
            this.id = asked.requestId();
            this.asked = asked;
            this.at = at;
            this.day = day;
            this.tokens = asked.most().total();
            this.micros = cost(asked.most().input(), asked.most().output());
        }

        boolean isIn(Scope scope) {
            return (scope.projectId().isEmpty() || scope.projectId().equals(asked.projectId()))
                    && (scope.keyId().isEmpty() || scope.keyId().equals(asked.keyId()))
                    && (scope.agentId().isEmpty() || scope.agentId().equals(asked.agentId()))
                    && (scope.models().names().isEmpty()
                            || scope.models().names().contains(asked.model()));
        }
    }

    final List<Request> requests = new ArrayList<>();
    private final List<Limit> limits;
    private final Supplier<ZoneId> zone;
    private Instant heard;
    private LocalDate reached = LocalDate.MIN;

    AdmissionModel(List<Limit> limits, Instant now, Supplier<ZoneId> zone) {
        this.limits = limits;
        this.zone = zone;
        this.heard = now;
    }

    static long cost(long input, long output) {
        return input * INPUT_MICROS + output * OUTPUT_MICROS;
    }

    boolean admit(AdmissionRequest asked, Instant now) {
        hear(now);
        var request = new Request(asked, now, today(now));
        boolean fits = limits.stream()
                .filter(limit -> request.isIn(limit.scope()))
                .allMatch(limit -> limit.value() > 0
                        && (taken(limit.kind(), request) == 0
                                || used(limit, now) + taken(limit.kind(), request) <= limit.value()));
        if (fits) {
            requests.add(request);
        }
        return fits;
    }

    long settle(Request request, long input, long output, Instant now) {
        hear(now);
        if (request.state == HoldState.HELD || request.state == HoldState.SWEPT) {
            close(request, HoldState.SETTLED, input + output, cost(input, output));
        }
        return request.micros;
    }

    /**
     * @param begun when the call was made: of several, the last one is what the request came to
     */
    void record(Request request, long input, long output, Instant begun, Instant now) {
        hear(now);
        if (begun.isAfter(request.begun)) {
            close(request, HoldState.RECORDED, input + output, cost(input, output));
            request.begun = begun;
        }
    }

    void sweep(Instant now) {
        Duration silence = Duration.between(heard, now);
        for (Request request : requests) {
            if (request.state != HoldState.HELD) {
                continue;
            }
            boolean tooOld = Duration.between(request.at, now).compareTo(LONGEST) > 0;
            if (silence.compareTo(LOSS) > 0 || tooOld) {
                close(request, HoldState.SWEPT, request.tokens, request.micros);
            } else {
                request.slot = silence.compareTo(SILENCE) <= 0;
            }
        }
    }

    void restart(Instant now) {
        heard = now;
        occupySlots();
    }

    void hear(Instant now) {
        if (Duration.between(heard, now).compareTo(SILENCE) > 0) {
            occupySlots();
        }
        heard = now;
    }

    long used(Limit limit, Instant now) {
        LocalDate today = today(now);
        return switch (limit.kind()) {
            case REQUESTS_PER_MINUTE -> lately(limit, now, request -> 1);
            case TOKENS_PER_MINUTE -> lately(limit, now, request -> request.tokens);
            case CONCURRENT_REQUESTS -> sum(limit, request -> request.state == HoldState.HELD && request.slot ? 1 : 0);
            case TOKENS_PER_DAY -> sum(limit, request -> request.day.equals(today) ? request.tokens : 0);
            case BUDGET_PER_DAY -> sum(limit, request -> request.day.equals(today) ? request.micros : 0);
            case TOKENS_PER_MONTH -> sum(limit, request -> isSameMonth(request, today) ? request.tokens : 0);
            case BUDGET_PER_MONTH -> sum(limit, request -> isSameMonth(request, today) ? request.micros : 0);
        };
    }

    private long lately(Limit limit, Instant now, ToLongFunction<Request> amount) {
        return sum(limit, request -> second(request.at) > second(now) - 61 ? amount.applyAsLong(request) : 0);
    }

    private long sum(Limit limit, ToLongFunction<Request> amount) {
        return requests.stream()
                .filter(request -> request.isIn(limit.scope()))
                .mapToLong(amount)
                .sum();
    }

    private void occupySlots() {
        requests.stream().filter(request -> request.state == HoldState.HELD).forEach(request -> request.slot = true);
    }

    private static void close(Request request, HoldState state, long tokens, long micros) {
        request.state = state;
        request.tokens = tokens;
        request.micros = micros;
    }

    private static long taken(LimitKind kind, Request request) {
        return switch (kind) {
            case REQUESTS_PER_MINUTE, CONCURRENT_REQUESTS -> 1;
            case TOKENS_PER_MINUTE, TOKENS_PER_DAY, TOKENS_PER_MONTH -> request.tokens;
            case BUDGET_PER_DAY, BUDGET_PER_MONTH -> request.micros;
        };
    }

    /** Seconds of the forward-going clock, whose origin is {@link QuotaTime}'s. */
    private static long second(Instant at) {
        return Math.floorDiv(Duration.between(ORIGIN.plusMillis(250), at).toNanos(), 1_000_000_000L);
    }

    private static boolean isSameMonth(Request request, LocalDate today) {
        return request.day.withDayOfMonth(1).equals(today.withDayOfMonth(1));
    }

    /** A day that was reached goes on until the next begins, wherever the tenant moves. */
    private LocalDate today(Instant now) {
        LocalDate local = LocalDate.ofInstant(now, zone.get());
        reached = local.isAfter(reached) ? local : reached;
        return reached;
    }

    /** Whether a day goes on of which a restarted process could not know, for nothing was counted on it. */
    boolean onAnUncountedDay(Instant now) {
        return today(now).isAfter(LocalDate.ofInstant(now, zone.get()))
                && requests.stream()
                        .noneMatch(request ->
                                request.day.equals(reached) && (request.state == HoldState.HELD || request.tokens > 0));
    }
}
