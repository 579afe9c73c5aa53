package ai.exaone.gateway.inference;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.MeteredCall;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.chat.ThoughtCounter;
import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.CallerListener;
import ai.exaone.gateway.relay.UpstreamException;
import io.grpc.Context;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One admitted call on its way. One replica after another is asked until the first piece of an answer is there; from then on nobody
 * else is. It ends once: well, or with a failure that says so. For the exchange's event loop.
 */
final class Forward implements CallerListener {
    private static final Logger LOG = LoggerFactory.getLogger(Forward.class);

    private final Forwarding parts;
    private final Exchange exchange;
    private final Forwarding.Ends ends;
    private final Runnable over;
    private final Tally tally;
    private final Attempts attempts;
    /** Of the call that is served: what upstreams tell comes without one. */
    private final Context context = Context.current();

    private boolean ended;

    Forward(Forwarding parts, Exchange exchange, Forwarding.Ends ends, Runnable over) {
        this.parts = parts;
        this.exchange = exchange;
        this.ends = ends;
        this.over = over;
        this.attempts = new Attempts(this, parts, exchange);
        this.tally = new Tally(parts.likelyInput(exchange), exchange.thoughts().map(ThoughtCounter::new));
    }

    void start() {
        ends.answer().attend(this);
        ends.active().onEnd(this::fail);
        if (!ended) {
            guarded(attempts::begin);
        }
    }

    /** An attempt gave no answer: another one is made, if there is one to make. */
    void retry(Attempt failed, AttemptFailure why) {
        if (!ended) {
            attempts.retry(failed, why);
        }
    }

    // How it goes.

    Exchange exchange() {
        return exchange;
    }

    Answer answer() {
        return ends.answer();
    }

    Overhead overhead() {
        return ends.overhead();
    }

    Tally tally() {
        return tally;
    }

    Forwarding parts() {
        return parts;
    }

    MeteredCall record() {
        return ends.books().record();
    }

    boolean isOver() {
        return ended;
    }

    /** The first piece of the answer is there and goes out now. */
    void answering() {
        record().firstByte();
        answer().header(Overhead.HEADER, overhead().text(System.nanoTime()));
    }

    /** A piece went out. */
    void moved(Attempt moving) {
        answer().flush();
        long now = System.nanoTime();
        ends.active().moved(now);
        if (record().progressDue(now)) {
            record().progress(used(), now);
        }
        if (!answer().writable()) {
            moving.pause();
        }
    }

    @Override
    public void writable() {
        attempts.resume();
    }

    /** What the call has used so far. */
    TokenCounts used() {
        return exchange.callee() instanceof Callee.Agent ? TokenCounts.NONE : tally.tokens();
    }

    /** Runs a step; what is wrong with ourselves ends the call as such. */
    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            broke(failure);
        }
    }

    /** A step failed. */
    void broke(RuntimeException failure) {
        if (failure instanceof PlatformException known) {
            fail(known);
        } else {
            LOG.error("{} failed", exchange.call().requestId(), failure);
            fail(PlatformException.internal(failure));
        }
    }

    // How it ends.

    /**
     * Ends it well.
     *
     * @param lastWords told when the books are closed what the call costs, in micro-KRW, where that is known: sends the last byte
     */
    void finish(CallEnd end, Consumer<OptionalLong> lastWords) {
        if (ended) {
            return;
        }
        ended = true;
        if (tally.counted()) {
            parts.learn(exchange, tally.tokens());
        }
        attempts.close();
        CompletionStage<OptionalLong> closing = closeBooks(end);
        if (!closing.toCompletableFuture().isDone()) {
            answer().flush();
        }
        Later.then(closing, answer().loop(), cost -> leave(cost, lastWords), unclosed -> {
            LOG.error("The books of {} are not closed", exchange.call().requestId(), unclosed);
            leave(OptionalLong.empty(), lastWords);
        });
    }

    private CompletionStage<OptionalLong> closeBooks(CallEnd end) {
        Context previous = context.attach();
        try {
            return ends.books().finish(end);
        } finally {
            context.detach(previous);
        }
    }

    private void leave(OptionalLong cost, Consumer<OptionalLong> lastWords) {
        try {
            if (!answer().begun()) {
                Cost.told(cost).ifPresent(text -> answer().header(Cost.HEADER, text));
            }
            lastWords.accept(cost);
        } finally {
            over.run();
        }
    }

    /** Ends it with a failure. */
    void fail(PlatformException reason) {
        if (ended) {
            return;
        }
        OpenAiError error = OpenAiError.of(reason);
        if (reason.category() == ErrorCategory.INTERNAL) {
            LOG.error("A call failed", reason);
        }
        CallEnd end = new CallEnd(
                Failures.outcome(reason),
                error.status(),
                usedBy(reason),
                reason.reason().name(),
                reason.publicMessage());
        attempts.cancel();
        finish(end, cost -> tell(error));
    }

    private void tell(OpenAiError error) {
        if (!answer().begun()) {
            answer().header(Overhead.HEADER, overhead().text(System.nanoTime()));
            if (attempts.mayHaveActed()) {
                answer().conclude(error);
            } else {
                answer().refuse(error);
            }
        } else if (exchange.request().stream()) {
            answer().fail(error);
        } else {
            answer().abort();
        }
    }

    /** What a call that failed has used: what its answer said, or the input that an engine was given in vain. */
    private TokenCounts usedBy(PlatformException reason) {
        if (exchange.callee() instanceof Callee.Agent) {
            return TokenCounts.NONE;
        }
        if (answer().begun()) {
            return tally.tokens();
        }
        return Failures.isCallerGone(reason) && attempts.hasAsked()
                ? TokenCounts.estimate(parts.likelyInput(exchange), 0)
                : TokenCounts.NONE;
    }

    /** The answer broke off. */
    void cut(@Nullable UpstreamException broken) {
        fail(Failures.cut(broken));
    }

    @Override
    public void gone() {
        fail(InferenceRun.callerGone());
    }
}
