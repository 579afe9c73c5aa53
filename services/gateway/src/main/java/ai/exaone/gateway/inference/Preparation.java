package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.metering.CallStart;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.RequestReader;

/** Reads a call, finds what answers it, and says what is sent and what it may come to. Thread-safe. */
public final class Preparation {
    private final Models models;
    private final Exchanges exchanges;
    private final Holds holds;

    public Preparation(Models models, Exchanges exchanges, Holds holds) {
        this.models = models;
        this.exchanges = exchanges;
        this.holds = holds;
    }

    /** What came out. */
    sealed interface Outcome {
        /** What is recorded of the call's beginning. */
        CallStart start();

        /** It can be forwarded. */
        record Ready(CallStart start, Exchange exchange, HoldRequest hold) implements Outcome {}

        /** It cannot. */
        record Refused(CallStart start, PlatformException refusal) implements Outcome {}
    }

    Outcome prepare(Call call) {
        CallStart start = call.start();
        try {
            InferenceRequest request = RequestReader.read(call.endpoint(), call.body());
            start = start.withModel(request.model());
            Callee callee = models.authorise(call.caller(), request, call.depth());
            Exchange exchange = exchanges.prepare(call, request, callee);
            return new Outcome.Ready(start, exchange, holds.of(exchange));
        } catch (PlatformException refused) {
            return new Outcome.Refused(start, refused);
        }
    }
}
