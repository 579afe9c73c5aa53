package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.ChatEvent;
import ai.exaone.gateway.openai.ErrorShape;
import ai.exaone.gateway.openai.EventScanner;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.chat.AnswerTranslation;
import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.CallerListener;
import io.netty.channel.EventLoop;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes the answer to a chat completion and gives it to the caller in the words of the API that was called. What ends an answer is
 * said aside of the event loop, since it may have to be kept somewhere first.
 */
final class TranslatedAnswer implements Answer {
    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int LONGEST_EVENT = 16 << 20;

    private final Answer caller;
    private final AnswerTranslation translation;
    private final ErrorShape errors;
    private final String requestId;
    private final EventScanner scanner = new EventScanner(LONGEST_EVENT, true);
    /** Of an answer that is not streamed, and comes in pieces all the same. */
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

    private boolean collecting;
    private boolean saying;
    private Runnable afterwards = () -> {};

    TranslatedAnswer(Answer caller, AnswerTranslation translation, ErrorShape errors, String requestId) {
        this.caller = caller;
        this.translation = translation;
        this.errors = errors;
        this.requestId = requestId;
    }

    /** Runs something when all is said: now, or after the words that are still looked for. */
    void whenSaid(Runnable work) {
        if (saying) {
            afterwards = work;
        } else {
            work.run();
        }
    }

    @Override
    public EventLoop loop() {
        return caller.loop();
    }

    @Override
    public void attend(CallerListener listener) {
        caller.attend(listener);
    }

    @Override
    public void header(String name, String value) {
        caller.header(name, value);
    }

    @Override
    public void whole(int status, String mediaType, byte[] body, int length) {
        byte[] answer = Arrays.copyOf(body, length);
        if (status == OK) {
            say(() -> translation.whole(answer), said -> caller.whole(OK, JSON, said, said.length));
        } else {
            tell(OpenAiError.read(status, answer));
        }
    }

    @Override
    public void begin(String mediaType, long length) {
        collecting = mediaType.equals(JSON);
        if (!collecting) {
            caller.begin(mediaType, UNKNOWN_LENGTH);
            caller.write(translation.begin());
        }
    }

    @Override
    public boolean begun() {
        return collecting || caller.begun();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (collecting) {
            collected.write(bytes, offset, length);
        } else if (!scanner.add(bytes, offset, length, new Said())) {
            throw new IllegalStateException("An event is longer than is kept");
        }
    }

    @Override
    public void flush() {
        if (!collecting) {
            caller.flush();
        }
    }

    @Override
    public boolean writable() {
        return caller.writable();
    }

    @Override
    public void end() {
        if (collecting) {
            whole(OK, JSON, collected.toByteArray(), collected.size());
        } else {
            say(translation::end, said -> {
                caller.write(said);
                caller.end();
            });
        }
    }

    @Override
    public void endWith(byte[] lastEvent) {
        caller.endWith(lastEvent);
    }

    @Override
    public void fail(OpenAiError error) {
        endWith(translation.failure(error));
    }

    @Override
    public void abort() {
        if (collecting && !caller.begun()) {
            tell(OpenAiError.of(new PlatformException(InferenceError.ANSWER_CUT, "The engine's answer broke off.")));
        } else {
            caller.abort();
        }
    }

    @Override
    public void refuse(OpenAiError error) {
        error.headers().forEach(caller::header);
        caller.refuse(error.status(), errors.body(error, requestId));
    }

    @Override
    public void refuse(int status, byte[] body) {
        refuse(OpenAiError.read(status, body));
    }

    @Override
    public void conclude(OpenAiError error) {
        error.headers().forEach(caller::header);
        tell(error);
    }

    private void tell(OpenAiError error) {
        byte[] body = errors.body(error, requestId);
        caller.whole(error.status(), JSON, body, body.length);
    }

    private void say(Supplier<byte[]> words, Consumer<byte[]> mouth) {
        saying = true;
        Later.then(Later.aside(requestId, words), loop(), said -> finish(() -> mouth.accept(said)), failed -> {
            OpenAiError error = OpenAiError.of(failed);
            finish(() -> {
                if (caller.begun()) {
                    fail(error);
                } else {
                    tell(error);
                }
            });
        });
    }

    private void finish(Runnable lastWords) {
        saying = false;
        try {
            lastWords.run();
        } finally {
            afterwards.run();
        }
    }

    /** Says each event in the other words; the end is said when the answer ends. */
    private final class Said implements EventScanner.Events {
        @Override
        public void parts(byte[] bytes, int offset, int length, int count) {
            throw new IllegalStateException("Events are read one by one");
        }

        @Override
        public void event(ChatEvent event) {
            switch (event.kind()) {
                case PART, USAGE_ONLY -> write(translation.part(event.data()));
                case COMMENT -> write(translation.keepAlive());
                case END, FAILURE -> {}
            }
        }

        private void write(byte[] said) {
            if (said.length > 0) {
                caller.write(said);
            }
        }

        @Override
        public boolean wantsMore() {
            return true;
        }
    }
}
