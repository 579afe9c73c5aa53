package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.Admission;
import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.Meter;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.RelayConfig;

/** The one way to run inference, whoever calls through whichever door. Thread-safe. */
public final class Inference {
    private final Preparation preparation;
    private final Admission admission;
    private final Meter meter;
    private final Forwarding forwarding;
    private final RelayConfig config;

    public Inference(
            Preparation preparation, Admission admission, Meter meter, Forwarding forwarding, RelayConfig config) {
        this.preparation = preparation;
        this.admission = admission;
        this.meter = meter;
        this.forwarding = forwarding;
        this.config = config;
    }

    /**
     * Answers a call: with the model's answer, or with a failure in OpenAI's shape. Everything happens on the answer's event loop,
     * where the caller is.
     *
     * @param over run when the call is over, whatever became of it
     */
    public void run(Call call, ActiveCall active, Answer answer, Runnable over) {
        new InferenceRun(this, call, active, answer, over).start();
    }

    /** Records a call that was refused before it was one. */
    void refused(Call call, PlatformException refusal) {
        int status = OpenAiError.of(refusal).status();
        meter.refused(call.start(), CallEnd.refused(status, refusal.reason().name(), refusal.publicMessage()));
    }

    Preparation preparation() {
        return preparation;
    }

    Admission admission() {
        return admission;
    }

    Meter meter() {
        return meter;
    }

    Forwarding forwarding() {
        return forwarding;
    }

    RelayConfig config() {
        return config;
    }
}
