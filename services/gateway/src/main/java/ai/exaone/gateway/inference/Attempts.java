package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.Splice;
import ai.exaone.gateway.queue.Priority;
import ai.exaone.gateway.relay.UpstreamRequest;
import ai.exaone.gateway.routing.ModelRoute;
import ai.exaone.gateway.routing.PlaceSeeker;
import ai.exaone.gateway.routing.ReplicaLease;
import ai.exaone.gateway.routing.Waiting;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom an admitted call asks: one replica after another while none begins to answer, or the agents. It waits where all of a model's places
 * are taken. For the exchange's event loop.
 */
final class Attempts implements PlaceSeeker {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final Forward forward;
    private final Forwarding parts;
    private final Exchange exchange;
    private final Set<String> tried = new HashSet<>(2);
    private @Nullable AttemptFailure failure;
    private @Nullable Attempt current;
    private @Nullable Waiting waiting;

    Attempts(Forward forward, Forwarding parts, Exchange exchange) {
        this.forward = forward;
        this.parts = parts;
        this.exchange = exchange;
    }

    /** Makes the first. */
    void begin() {
        switch (exchange.callee()) {
            case Callee.Engine(ModelRoute route) -> askEngine(route);
            case Callee.Agent(int depth) -> askAgent(depth);
        }
    }

    /** An attempt gave no answer: another one is made, if there is one to make. */
    void retry(Attempt failed, AttemptFailure why) {
        failed.cancel();
        failure = why;
        LOG.warn(
                "{}: {} did not answer: {}",
                exchange.call().requestId(),
                failed.whom(),
                String.valueOf(why.getCause()));
        switch (exchange.callee()) {
            case Callee.Engine(ModelRoute route) -> askEngine(route);
            case Callee.Agent ignored ->
                forward.fail(why.toPlatformException(exchange.request().model()));
        }
    }

    private void askEngine(ModelRoute route) {
        if (!mayAttempt()) {
            noReplica();
            return;
        }
        Optional<Waiting> queued = parts.seek(route, this);
        if (queued.isPresent()) {
            waiting = queued.get();
            // The platform has nothing to do with it until there is a place: that is no overhead of its own.
            forward.overhead().sent(System.nanoTime());
        }
    }

    // The place it wants.

    @Override
    public String tenantId() {
        return exchange.call().caller().tenantId();
    }

    @Override
    public Priority priority() {
        return exchange.call().priority();
    }

    @Override
    public long tokens() {
        return exchange.callee() instanceof Callee.Engine(ModelRoute route) ? parts.likelyCost(exchange, route) : 0;
    }

    @Override
    public Set<String> tried() {
        return tried;
    }

    /** Half of what it has: the other half is the engine's. */
    @Override
    public Duration patience() {
        return parts.config().timeouts(exchange.request().model()).firstByte().dividedBy(2);
    }

    @Override
    public Executor executor() {
        return forward.answer().loop();
    }

    @Override
    public void placed(ReplicaLease lease) {
        waitedEnough();
        if (forward.isOver()) {
            lease.close();
        } else {
            forward.guarded(() -> ask(lease));
        }
    }

    @Override
    public void noReplica() {
        waitedEnough();
        AttemptFailure why = failure == null ? AttemptFailure.noReplica() : failure;
        forward.fail(why.toPlatformException(exchange.request().model()));
    }

    @Override
    public void refused(PlatformException reason) {
        waitedEnough();
        forward.fail(reason);
    }

    private void waitedEnough() {
        if (waiting != null) {
            waiting = null;
            forward.overhead().came(System.nanoTime());
        }
    }

    private void ask(ReplicaLease lease) {
        tried.add(lease.replica().id());
        forward.record().replica(lease.replica().id());
        Attempt next = Attempt.ofEngine(forward, lease);
        current = next;
        next.open(
                parts.engine(lease.replica()),
                request(EngineBody.named(
                        exchange.body(), exchange.request(), lease.replica().engineModel())));
    }

    private boolean mayAttempt() {
        return failure == null
                || (tried.size() < parts.config().attempts() && failure.triesAnother() && parts.mayRetry());
    }

    private void askAgent(int depth) {
        Call call = exchange.call();
        // A fresh token may have to be asked for.
        Later.then(
                Later.aside(call.requestId(), () -> call.caller().token().token()),
                forward.answer().loop(),
                token -> {
                    if (!forward.isOver()) {
                        Attempt only = Attempt.ofAgent(forward);
                        current = only;
                        only.open(parts.agent(call, depth, token), request(exchange.body()));
                    }
                },
                forward::fail);
    }

    private UpstreamRequest request(Splice body) {
        Call call = exchange.call();
        return new UpstreamRequest(
                call.requestId(),
                call.endpoint().path(),
                body,
                parts.config().timeouts(exchange.request().model()).connect(),
                call.headers());
    }

    /** Whether something may have been done although there is no answer: agents act, engines do not. */
    boolean mayHaveActed() {
        return current != null && exchange.callee() instanceof Callee.Agent;
    }

    /** Whether anybody was asked: a call that only waited has used nothing. */
    boolean hasAsked() {
        return current != null;
    }

    // The one that runs.

    void resume() {
        if (current != null) {
            current.resume();
        }
    }

    /** Everything that was wanted came. */
    void close() {
        if (current != null) {
            current.close();
        }
    }

    /** Nothing is wanted any more. */
    void cancel() {
        if (waiting != null) {
            waiting.leave();
            waitedEnough();
        }
        if (current != null) {
            current.cancel();
        }
    }
}
