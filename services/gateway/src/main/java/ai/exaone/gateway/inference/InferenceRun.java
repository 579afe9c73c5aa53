package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.admission.RateLimits;
import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.CallStart;
import ai.exaone.gateway.metering.MeteredCall;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.CallerListener;
import io.netty.channel.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call through the pipeline: prepared, recorded, admitted, forwarded. Each step goes on at once where it can, and where it must
 * wait the event loop goes on without it.
 */
final class InferenceRun implements CallerListener {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceRun.class);
    /** A longer body is read on a thread of its own: it would keep the loop's other callers waiting. */
    private static final int LONG_BODY = 1024 * 1024;

    private final Inference parts;
    private final Call call;
    private final ActiveCall active;
    private final Answer answer;
    private final EventLoop loop;
    private final Overhead overhead;
    private final Runnable over;

    InferenceRun(Inference parts, Call call, ActiveCall active, Answer answer, Runnable over) {
        this.parts = parts;
        this.call = call;
        this.active = active;
        this.answer = answer;
        this.loop = answer.loop();
        this.overhead = new Overhead(call.readNanos());
        this.over = over;
    }

    void start() {
        answer.attend(this);
        if (call.body().length > LONG_BODY) {
            Later.then(
                    Later.aside(call.requestId(), () -> parts.preparation().prepare(call)),
                    loop,
                    this::prepared,
                    this::refuseUnread);
            return;
        }
        try {
            prepared(parts.preparation().prepare(call));
        } catch (RuntimeException defect) {
            refuseUnread(PlatformException.internal(defect));
        }
    }

    private void prepared(Preparation.Outcome outcome) {
        switch (outcome) {
            case Preparation.Outcome.Refused(CallStart start, PlatformException refusal) ->
                refuseUnrecorded(start, refusal);
            case Preparation.Outcome.Ready ready -> {
                String model = ready.exchange().request().model();
                active.calls(model, parts.config().timeouts(model));
                // Recorded before quota holds anything: whenever this process stops, the next start ends the call and
                // frees its hold.
                record(ready);
            }
        }
    }

    private void record(Preparation.Outcome.Ready ready) {
        try {
            MeteredCall record = parts.meter().begin(ready.start());
            Later.then(
                    record.begun(),
                    loop,
                    begun -> recorded(ready, record),
                    failed -> refuseUnrecorded(ready.start(), failed));
        } catch (PlatformException unrecordable) {
            refuseUnrecorded(ready.start(), unrecordable);
        }
    }

    private void recorded(Preparation.Outcome.Ready ready, MeteredCall record) {
        HoldRequest hold = ready.hold();
        Settlement books = new Settlement(parts.admission(), hold, record);
        Later.then(
                parts.admission().admit(hold),
                loop,
                decision -> decided(ready.exchange(), books, decision),
                refused -> refuse(books, refused));
    }

    private void decided(Exchange exchange, Settlement books, Decision decision) {
        decision.limits().headers().forEach(answer::header);
        switch (decision) {
            case Decision.Refused(RateLimits ignored, PlatformException refusal) -> refuse(books, refusal);
            case Decision.Admitted admitted -> {
                admitted.charge().ifPresent(books.record()::charge);
                parts.forwarding().forward(exchange, active, books, answer, overhead, over);
            }
        }
    }

    private void refuse(Settlement books, PlatformException refusal) {
        OpenAiError error = OpenAiError.of(refusal);
        Later.then(books.refuse(end(error, refusal)), loop, done -> answer(error), failed -> answer(error));
    }

    private void refuseUnrecorded(CallStart start, PlatformException refusal) {
        OpenAiError error = OpenAiError.of(refusal);
        parts.meter().refused(start, end(error, refusal));
        answer(error);
    }

    private void refuseUnread(PlatformException defect) {
        LOG.error("{} failed", call.requestId(), defect);
        refuseUnrecorded(call.start(), defect);
    }

    private static CallEnd end(OpenAiError error, PlatformException refused) {
        return CallEnd.refused(error.status(), refused.reason().name(), refused.publicMessage());
    }

    private void answer(OpenAiError error) {
        answer.header(Overhead.HEADER, overhead.text(System.nanoTime()));
        answer.refuse(error);
        over.run();
    }

    // While it waits.

    @Override
    public void writable() {
        // Nothing was sent.
    }

    @Override
    public void gone() {
        active.end(callerGone());
    }

    static PlatformException callerGone() {
        return new PlatformException(PlatformError.CANCELLED, "The caller left before the answer was complete.");
    }
}
