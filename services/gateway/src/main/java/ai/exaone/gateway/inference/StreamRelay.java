package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.AnswerMapping;
import ai.exaone.gateway.openai.ChatEvent;
import ai.exaone.gateway.openai.UsageChunk;
import ai.exaone.gateway.relay.UpstreamException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Gives one streamed answer back, event by event. It ends with the true end or with a failure that says so, never silently. */
final class StreamRelay {
    private final Exchange exchange;
    private final ActiveCall active;
    private final Settlement books;
    private final Answer answer;
    private final Tally tally;
    private final LongSupplier nanos;

    StreamRelay(
            Exchange exchange, ActiveCall active, Settlement books, Answer answer, Tally tally, LongSupplier nanos) {
        this.exchange = exchange;
        this.active = active;
        this.books = books;
        this.answer = answer;
        this.tally = tally;
        this.nanos = nanos;
    }

    /**
     * @throws PlatformException when the stream breaks off or the call was ended from outside
     */
    void relay(Opened.Streamed streamed) throws CallerGoneException {
        active.requireRunning();
        answer.begin("text/event-stream");
        UsageChunk usageChunk = new UsageChunk(streamed.first().data());
        ChatEvent event = streamed.first();
        while (event.kind() != ChatEvent.Kind.END) {
            pass(event);
            event = next(streamed.events());
        }
        for (byte[] rest : exchange.mapping().rest()) {
            send(ChatEvent.event(rest));
        }
        if (exchange.request().usageWanted() && !tally.counted() && exchange.callee() instanceof Callee.Engine) {
            send(ChatEvent.event(usageChunk.of(tally.tokens())));
        }
        books.finish(CallEnd.completed(used()));
        answer.write(ChatEvent.DONE);
        answer.end();
    }

    private void pass(ChatEvent event) throws CallerGoneException {
        tally.add(event);
        switch (event.kind()) {
            case PART -> part(event);
            case USAGE_ONLY -> {
                if (exchange.request().usageWanted()) {
                    part(event);
                }
            }
            case COMMENT -> send(event.bytes());
            case FAILURE ->
                throw new PlatformException(InferenceError.ENGINE_FAILED, "The engine failed within its answer.");
            case END -> throw new IllegalStateException("The end is not passed on here");
        }
        books.record().progress(used());
    }

    private void part(ChatEvent event) throws CallerGoneException {
        if (exchange.mapping() == AnswerMapping.NONE) {
            send(event.bytes());
            return;
        }
        List<byte[]> mapped = exchange.mapping().part(event.data());
        for (byte[] data : mapped) {
            send(ChatEvent.event(data));
        }
    }

    private void send(byte[] event) throws CallerGoneException {
        books.record().firstByte();
        answer.write(event);
        active.moved(nanos.getAsLong());
    }

    private ChatEvent next(EventReader events) {
        try {
            return events.next().orElseThrow(() -> cut(null));
        } catch (UpstreamException broken) {
            active.requireRunning();
            throw cut(broken);
        }
    }

    private TokenCounts used() {
        return exchange.callee() instanceof Callee.Agent ? TokenCounts.NONE : tally.tokens();
    }

    private static PlatformException cut(@Nullable UpstreamException broken) {
        PlatformException.Builder failure =
                PlatformException.because(InferenceError.ANSWER_CUT, "The engine's answer broke off.");
        return broken == null ? failure.build() : failure.cause(broken).build();
    }
}
