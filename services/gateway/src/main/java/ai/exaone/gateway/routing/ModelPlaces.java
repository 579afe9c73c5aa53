package ai.exaone.gateway.routing;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.queue.FairQueue;
import ai.exaone.gateway.queue.Line;
import ai.exaone.gateway.queue.PlaceTimes;
import ai.exaone.gateway.queue.QueueListener.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The places at one model's replicas, as far as they are this gateway's, and the calls that wait for them. Where a replica takes any number of
 * calls nobody waits, and nothing is locked. Thread-safe.
 */
final class ModelPlaces {
    private static final Duration SHORTEST_EJECTION = Duration.ofMillis(500);
    private static final Duration LONGEST_EJECTION = Duration.ofSeconds(10);

    private final String model;
    private final RoutingParts parts;
    private final FairQueue<Ticket> queue;
    private final PlaceTimes times = new PlaceTimes();
    private final RetryAdvice advice;
    private volatile Seats seats = Seats.NONE;
    private volatile boolean waiting;
    private volatile Map<String, Integer> weights = Map.of();

    ModelPlaces(String model, RoutingParts parts) {
        this.model = model;
        this.parts = parts;
        this.queue = new FairQueue<>(tenantId -> weights.getOrDefault(tenantId, 1));
        this.advice = new RetryAdvice(parts);
    }

    /** The model's route has changed, or the number of gateways. */
    void update(ModelRoute route, GatewayPart part) {
        List<Runnable> news;
        long now = parts.nanos().getAsLong();
        synchronized (this) {
            seats = seats(route, part);
            weights = route.shares();
            queue.weigh(now);
            news = dropThose(now, End.UNAVAILABLE);
            news.addAll(give(now));
        }
        news.forEach(Runnable::run);
    }

    private Seats seats(ModelRoute route, GatewayPart part) {
        List<Seat> next = new ArrayList<>();
        for (Replica replica : route.replicas()) {
            ReplicaLoad known = seats.load(replica.id());
            next.add(new Seat(
                    replica, known == null ? new ReplicaLoad() : known, part.of(replica.places(), next.size())));
        }
        return new Seats(next);
    }

    /** The model is gone. */
    void close() {
        List<Runnable> news;
        synchronized (this) {
            seats = Seats.NONE;
            news = dropThose(parts.nanos().getAsLong(), End.UNAVAILABLE);
        }
        news.forEach(Runnable::run);
    }

    // Wanting a place.

    /** A replica for something that takes no place there. */
    Optional<ReplicaLease> any(Set<String> tried) {
        Seats now = seats;
        Seat seat = now.choose(tried, parts.nanos().getAsLong(), parts.random());
        return seat == null ? Optional.empty() : Optional.of(uncounted(seat));
    }

    /** Gives a call a place, or lets it wait for one; the seeker is told now, or later where something is returned. */
    Optional<Waiting> seek(PlaceSeeker seeker) {
        long now = parts.nanos().getAsLong();
        Seats current = seats;
        if (current.isBounded()) {
            return seekBounded(seeker, now);
        }
        Seat seat = current.choose(seeker.tried(), now, parts.random());
        if (seat == null) {
            seeker.noReplica();
        } else {
            seeker.placed(uncounted(seat));
        }
        return Optional.empty();
    }

    private ReplicaLease uncounted(Seat seat) {
        seat.load().enter();
        return new ReplicaLease(this, seat, null, 0, 0, 0);
    }

    private Optional<Waiting> seekBounded(PlaceSeeker seeker, long now) {
        ReplicaLease lease = null;
        List<Runnable> news = List.of();
        Optional<Waiting> ticket = Optional.empty();
        synchronized (this) {
            if (!waiting) {
                Seat seat = seats.choose(seeker.tried(), now, parts.random());
                lease = seat == null ? null : enter(seat, seeker, now);
            }
            if (lease == null && seats.hasUntried(seeker.tried())) {
                news = new ArrayList<>();
                ticket = waitOrRefuse(seeker, now, news);
                news.addAll(give(now));
            } else if (lease == null) {
                news = List.of(seeker::noReplica);
            }
        }
        if (lease != null) {
            seeker.placed(lease);
        } else {
            news.forEach(Runnable::run);
        }
        return ticket;
    }

    private ReplicaLease enter(Seat seat, PlaceSeeker seeker, long now) {
        Line<Ticket> line = queue.line(seeker.tenantId(), seeker.priority());
        double expected = times.expected(seeker.tokens());
        queue.begin(line, now, expected);
        seat.load().enter();
        return new ReplicaLease(this, seat, line, seeker.tokens(), now, expected);
    }

    /** Whose line is longest for its weight makes room, so that nobody fills the queue for the others. */
    private Optional<Waiting> waitOrRefuse(PlaceSeeker seeker, long now, List<Runnable> news) {
        Line<Ticket> line = queue.line(seeker.tenantId(), seeker.priority());
        boolean before = !seeker.tried().isEmpty();
        int most = parts.config().waitingPerPlace() * seats.places();
        if (!before && queue.waiting() >= most) {
            Line<Ticket> longest = queue.longest().orElse(line);
            Ticket last = queue.staysLonger(longest, line) ? queue.dropLast(longest) : null;
            PlatformException full = advice.full(model, wait(longest), seats.places());
            if (last == null) {
                parts.listener().over(model, line.priority(), End.FULL, -1);
                news.add(() -> seeker.refused(full));
                return Optional.empty();
            }
            over(last, End.FULL, now);
            news.add(() -> last.refused(full));
        }
        long patience = Math.min(
                parts.config().longestWait().toNanos(), seeker.patience().toNanos());
        Ticket ticket = new Ticket(this, seeker, line, now, now + patience);
        if (before) {
            queue.addFirst(line, ticket, now);
        } else {
            queue.add(line, ticket, now);
        }
        waiting = true;
        parts.listener().waits(model, line.priority());
        return Optional.of(ticket);
    }

    void leave(Ticket ticket) {
        synchronized (this) {
            if (queue.remove(ticket.line(), ticket)) {
                over(ticket, End.LEFT, parts.nanos().getAsLong());
            }
        }
    }

    // Giving places.

    /** A place is given back. */
    void leave(ReplicaLease lease) {
        lease.load().leave();
        if (lease.line() == null && !waiting) {
            return;
        }
        long now = parts.nanos().getAsLong();
        List<Runnable> news;
        synchronized (this) {
            end(lease, now);
            news = give(now);
        }
        news.forEach(Runnable::run);
    }

    private void end(ReplicaLease lease, long now) {
        Line<Ticket> line = lease.line();
        if (line != null) {
            queue.end(line, now, lease.begunAt(), lease.expected());
            if (lease.wasAnswered()) {
                times.learn(lease.tokens(), now - lease.begunAt());
            }
        }
    }

    /** Gives the places that are free to those whose turn it is; what is to be told when the lock is given back. */
    private List<Runnable> give(long now) {
        if (!waiting) {
            return List.of();
        }
        List<Runnable> news = new ArrayList<>();
        while (waiting && seats.hasFree()) {
            Ticket next = queue.next(now, ticket -> seat(ticket, now) != null).orElse(null);
            Seat seat = next == null ? null : seat(next, now);
            if (next == null || seat == null) {
                break;
            }
            double expected = times.expected(next.seeker().tokens());
            queue.begin(next.line(), now, expected);
            seat.load().enter();
            ReplicaLease lease =
                    new ReplicaLease(this, seat, next.line(), next.seeker().tokens(), now, expected);
            over(next, End.PLACED, now);
            news.add(() -> next.placed(lease));
        }
        return news;
    }

    private @Nullable Seat seat(Ticket ticket, long now) {
        return seats.choose(ticket.seeker().tried(), now, parts.random());
    }

    void eject(ReplicaLoad load) {
        load.eject(parts.nanos().getAsLong(), SHORTEST_EJECTION, LONGEST_EJECTION);
    }

    // Time.

    /** Ends the waiting of those who have waited for too long; places that come back by themselves are given. */
    void tick() {
        if (!waiting) {
            return;
        }
        List<Runnable> news;
        long now = parts.nanos().getAsLong();
        synchronized (this) {
            news = dropThose(now, End.TIMED_OUT);
            news.addAll(give(now));
        }
        news.forEach(Runnable::run);
    }

    /** Drops those that have come to this end. */
    private List<Runnable> dropThose(long now, End end) {
        List<Ticket> dropped = new ArrayList<>();
        queue.forEach(ticket -> {
            boolean drops = end == End.TIMED_OUT
                    ? ticket.isOver(now)
                    : !seats.hasUntried(ticket.seeker().tried());
            if (drops) {
                dropped.add(ticket);
            }
        });
        List<Runnable> news = new ArrayList<>();
        for (Ticket ticket : dropped) {
            queue.remove(ticket.line(), ticket);
            over(ticket, end, now);
            PlatformException busy = advice.busy(model, wait(ticket.line()), seats.places());
            news.add(end == End.TIMED_OUT ? () -> ticket.refused(busy) : ticket::noReplica);
        }
        return news;
    }

    private void over(Ticket ticket, End end, long now) {
        waiting = queue.waiting() > 0;
        parts.listener().over(model, ticket.line().priority(), end, now - ticket.since());
    }

    /** How long a call waits that comes last in a line now, in nanoseconds with one place. */
    private double wait(Line<Ticket> line) {
        return (line.waiting() + 1) * times.mean() / queue.share(line);
    }
}
