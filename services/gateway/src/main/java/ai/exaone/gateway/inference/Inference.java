package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.Admission;
import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.admission.RateLimits;
import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.CallStart;
import ai.exaone.gateway.metering.Meter;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.RequestReader;

/** The one way to run inference, whoever calls through whichever door. Blocks until the answer is over. Thread-safe. */
public final class Inference {
    private final Models models;
    private final Exchanges exchanges;
    private final Holds holds;
    private final Admission admission;
    private final Meter meter;
    private final Forwarding forwarding;

    public Inference(
            Models models, Exchanges exchanges, Holds holds, Admission admission, Meter meter, Forwarding forwarding) {
        this.models = models;
        this.exchanges = exchanges;
        this.holds = holds;
        this.admission = admission;
        this.meter = meter;
        this.forwarding = forwarding;
    }

    /** Answers a call: with the model's answer, or with a failure in OpenAI's shape. */
    public void run(Call call, ActiveCall active, Answer answer) {
        CallStart start = call.start();
        try {
            InferenceRequest request = RequestReader.read(call.endpoint(), call.body());
            start = start.withModel(request.model());
            Callee callee = models.authorise(call.caller(), request, call.depth());
            Exchange exchange = exchanges.prepare(call, request, callee);
            HoldRequest hold = holds.of(exchange);
            // Recorded before quota holds anything: whenever this process stops, the next start ends the call and frees
            // its hold.
            try (Settlement books = new Settlement(admission, hold, meter.begin(start))) {
                if (admitted(hold, books, answer)) {
                    forwarding.forward(exchange, active, books, answer);
                }
            }
        } catch (PlatformException refused) {
            OpenAiError error = OpenAiError.of(refused);
            meter.refused(start, end(error, refused));
            answer.fail(error);
        }
    }

    private boolean admitted(HoldRequest hold, Settlement books, Answer answer) {
        try {
            Decision decision = admission.admit(hold);
            decision.limits().headers().forEach(answer::header);
            return switch (decision) {
                case Decision.Admitted ignored -> true;
                case Decision.Refused(RateLimits ignored, PlatformException refusal) -> throw refusal;
            };
        } catch (PlatformException refused) {
            OpenAiError error = OpenAiError.of(refused);
            books.refuse(end(error, refused));
            answer.fail(error);
            return false;
        }
    }

    private static CallEnd end(OpenAiError error, PlatformException refused) {
        return CallEnd.refused(error.status(), refused.reason().name(), refused.publicMessage());
    }
}
