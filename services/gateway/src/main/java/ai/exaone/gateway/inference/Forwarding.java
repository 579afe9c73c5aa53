package ai.exaone.gateway.inference;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.InputEstimator;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.Usage;
import ai.exaone.proto.quota.v1.Outcome;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forwards an admitted call and gives its answer back, with its record's end before the last byte. Thread-safe. */
public final class Forwarding {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);
    private static final int OK = 200;
    private static final int FIRST_SERVER_ERROR = 500;
    /** What a token of an answer takes about, where the engine does not count. */
    private static final int BYTES_PER_TOKEN = 4;

    private final Attempts attempts;
    private final InputEstimator estimator;
    private final LongSupplier nanos;

    /**
     * @param nanos a monotonic clock
     */
    public Forwarding(Attempts attempts, InputEstimator estimator, LongSupplier nanos) {
        this.attempts = attempts;
        this.estimator = estimator;
        this.nanos = nanos;
    }

    /** Forwards a call. Whatever happens the answer is ended and the books are closed. */
    void forward(Exchange exchange, ActiveCall active, Settlement books, Answer answer) {
        Tally tally = new Tally(likelyInput(exchange));
        try (Opened opened = attempts.open(exchange, active, books.record())) {
            switch (opened) {
                case Opened.Whole whole -> whole(exchange, whole, active, books, answer);
                case Opened.Streamed streamed ->
                    new StreamRelay(exchange, active, books, answer, tally, nanos).relay(streamed);
            }
        } catch (PlatformException failed) {
            fail(active.ended().orElse(failed), used(exchange, answer, tally, failed), books, answer);
        } catch (CallerGoneException gone) {
            active.callerGone();
            PlatformException reason = active.ended().orElseThrow();
            fail(reason, used(exchange, answer, tally, reason), books, answer);
        } catch (RuntimeException defect) {
            LOG.error("{} failed", exchange.call().requestId(), defect);
            fail(PlatformException.internal(defect), tally.tokens(), books, answer);
        }
        learn(exchange, tally);
    }

    private void whole(Exchange exchange, Opened.Whole whole, ActiveCall active, Settlement books, Answer answer) {
        active.requireRunning();
        books.record().firstByte();
        if (whole.status() != OK) {
            Outcome outcome =
                    whole.status() < FIRST_SERVER_ERROR ? Outcome.OUTCOME_REFUSED : Outcome.OUTCOME_UPSTREAM_FAILED;
            books.finish(new CallEnd(
                    outcome, whole.status(), TokenCounts.NONE, "AGENT_FAILED", "The agent answered with a failure."));
            answer.whole(whole.status(), "application/json", whole.body());
            return;
        }
        byte[] mapped = exchange.mapping().whole(whole.body());
        books.finish(CallEnd.completed(tokens(exchange, whole)));
        answer.whole(OK, "application/json", mapped);
    }

    private TokenCounts tokens(Exchange exchange, Opened.Whole whole) {
        return switch (exchange.callee()) {
            // What an agent uses is counted by its own calls.
            case Callee.Agent ignored -> TokenCounts.NONE;
            case Callee.Engine ignored -> {
                TokenCounts counted = Usage.of(whole.body())
                        .orElseGet(() ->
                                TokenCounts.estimate(likelyInput(exchange), whole.body().length / BYTES_PER_TOKEN));
                learn(exchange, counted);
                yield counted;
            }
        };
    }

    private static void fail(PlatformException reason, TokenCounts used, Settlement books, Answer answer) {
        OpenAiError error = OpenAiError.of(reason);
        if (reason.category() == ErrorCategory.INTERNAL) {
            LOG.error("A call failed", reason);
        }
        books.finish(new CallEnd(
                outcome(reason), error.status(), used, reason.reason().name(), reason.publicMessage()));
        answer.fail(error);
    }

    private static Outcome outcome(PlatformException reason) {
        if (reason.reason() == PlatformError.CANCELLED) {
            return Outcome.OUTCOME_CLIENT_CLOSED;
        }
        if (reason.reason() == InferenceError.ENGINE_REFUSED_REQUEST) {
            return Outcome.OUTCOME_REFUSED;
        }
        boolean stoppedByUs =
                reason.reason() == AuthError.KEY_NOT_ACCEPTED || reason.reason() == InferenceError.GATEWAY_BUSY;
        return stoppedByUs ? Outcome.OUTCOME_INTERRUPTED : Outcome.OUTCOME_UPSTREAM_FAILED;
    }

    /** What a call that failed has used: what its stream said, or the input that an engine was given in vain. */
    private TokenCounts used(Exchange exchange, Answer answer, Tally tally, PlatformException reason) {
        if (exchange.callee() instanceof Callee.Agent) {
            return TokenCounts.NONE;
        }
        if (answer.begun()) {
            return tally.tokens();
        }
        boolean abandoned = reason.reason() == PlatformError.CANCELLED;
        return abandoned ? TokenCounts.estimate(likelyInput(exchange), 0) : TokenCounts.NONE;
    }

    private long likelyInput(Exchange exchange) {
        return estimator.likely(exchange.request().model(), exchange.call().body().length);
    }

    private void learn(Exchange exchange, Tally tally) {
        if (tally.counted()) {
            learn(exchange, tally.tokens());
        }
    }

    private void learn(Exchange exchange, TokenCounts counted) {
        if (!counted.estimated()) {
            estimator.learn(exchange.request().model(), exchange.call().body().length, counted.input());
        }
    }
}
