package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.openai.AnswerMapping;
import ai.exaone.gateway.openai.ChatEvent;
import ai.exaone.gateway.openai.EventScanner;
import ai.exaone.gateway.openai.UsageChunk;
import ai.exaone.gateway.openai.UsageCost;
import ai.exaone.gateway.relay.Answer;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Gives a streamed answer back. Plain parts go through as bytes, and only whole events do; it ends with the true end or with a
 * failure that says so, never silently.
 */
final class StreamReader implements AnswerReader, EventScanner.Events {
    private final Forward forward;
    private final Attempt attempt;
    private final Answer answer;
    private final AnswerMapping mapping;
    private final EventScanner scanner;
    private boolean begun;
    private boolean moved;
    private boolean done;
    private byte @Nullable [] first;
    /** The count of tokens: it goes out when it is known what the call costs, which it then says too. */
    private byte @Nullable [] usage;

    StreamReader(Forward forward, Attempt attempt, int longestEvent) {
        this.forward = forward;
        this.attempt = attempt;
        this.answer = forward.answer();
        this.mapping = forward.exchange().mapping();
        this.scanner = new EventScanner(
                longestEvent,
                mapping != AnswerMapping.NONE || forward.exchange().thoughts().isPresent());
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
        if (!begun) {
            attempt.came();
        }
        if (!scanner.add(bytes, offset, length, this)) {
            attempt.broken("An event is longer than is kept");
        }
    }

    @Override
    public void drained() {
        if (moved) {
            moved = false;
            forward.moved(attempt);
        }
    }

    @Override
    public void end() {
        if (!begun) {
            attempt.broken("The stream is empty");
        } else if (!done) {
            forward.cut(null);
        }
    }

    // What the scanner finds.

    @Override
    public boolean wantsMore() {
        return !done && !forward.isOver();
    }

    @Override
    public void parts(byte[] bytes, int offset, int length, int count) {
        if (!begun) {
            begin();
            keepFirst(bytes, offset, length);
        }
        if (usage != null) {
            sendUsage(OptionalLong.empty());
        }
        forward.tally().addParts(count);
        answer.write(bytes, offset, length);
        moved = true;
    }

    @Override
    public void event(ChatEvent event) {
        if (!begun && !beginWith(event)) {
            return;
        }
        forward.tally().add(event);
        switch (event.kind()) {
            case PART -> part(event);
            case USAGE_ONLY -> {
                if (usageWanted()) {
                    part(event);
                }
            }
            case COMMENT -> send(event.bytes());
            case FAILURE -> {
                done = true;
                forward.fail(
                        new PlatformException(InferenceError.ENGINE_FAILED, "The engine failed within its answer."));
            }
            case END -> complete();
        }
    }

    /** Whether an answer begins with an event. */
    private boolean beginWith(ChatEvent event) {
        if (event.kind() == ChatEvent.Kind.COMMENT) {
            return false;
        }
        if (event.kind() == ChatEvent.Kind.FAILURE && isEngine()) {
            done = true;
            attempt.retry(AttemptFailure.notAnAnswer("The stream begins with a failure"));
            return false;
        }
        begin();
        keepFirst(event.bytes(), 0, event.bytes().length);
        return true;
    }

    private void begin() {
        begun = true;
        attempt.answered();
        forward.answering();
        answer.begin("text/event-stream", Answer.UNKNOWN_LENGTH);
    }

    /** The first event, for a count of tokens that may have to be written in its likeness. */
    private void keepFirst(byte[] bytes, int offset, int length) {
        if (usageWanted() && isEngine()) {
            int end = offset;
            while (end < offset + length && bytes[end] != '\n') {
                end++;
            }
            first = Arrays.copyOfRange(bytes, offset, Math.min(end + 1, offset + length));
        }
    }

    private void part(ChatEvent event) {
        boolean counts = event.usage().isPresent() && usageWanted();
        if (mapping == AnswerMapping.NONE) {
            say(event.bytes(), event.data(), counts);
            return;
        }
        for (byte[] data : mapping.part(event.data())) {
            say(ChatEvent.event(data), data, counts);
        }
    }

    /** What an engine says after its count waits for no books, and no words do. */
    private void say(byte[] event, byte[] data, boolean counts) {
        sendUsage(OptionalLong.empty());
        if (counts && ChatEvent.addsNothing(data)) {
            usage = event;
        } else {
            send(event);
        }
    }

    private void sendUsage(OptionalLong cost) {
        byte[] counted = usage;
        if (counted != null) {
            usage = null;
            send(UsageCost.say(counted, Cost.told(cost)));
        }
    }

    private void send(byte[] event) {
        answer.write(event);
        moved = true;
    }

    private void complete() {
        done = true;
        for (byte[] rest : mapping.rest()) {
            send(ChatEvent.event(rest));
        }
        byte[] likeness = first;
        if (likeness != null && !forward.tally().counted()) {
            byte[] data = ChatEvent.of(likeness).data();
            usage = ChatEvent.event(new UsageChunk(data).of(forward.tally().tokens()));
        }
        forward.finish(CallEnd.completed(forward.used()), cost -> {
            sendUsage(cost);
            answer.write(ChatEvent.DONE);
            answer.end();
        });
    }

    private boolean usageWanted() {
        return forward.exchange().request().usageWanted();
    }

    private boolean isEngine() {
        return forward.exchange().callee() instanceof Callee.Engine;
    }
}
