package ai.exaone.gateway.inference;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.idempotency.IdempotencyKey;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.ErrorShape;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.queue.Priority;
import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.RelayError;
import ai.exaone.gateway.relay.client.BodyMemory;
import ai.exaone.gateway.relay.client.BodyReceiver;
import ai.exaone.gateway.relay.client.HttpExchange;
import ai.exaone.store.crypto.Sha256;
import io.grpc.Context;
import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way to the pipeline. For the exchange's event loop. */
final class Arrival {
    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);
    private static final String JSON = "application/json";
    private static final AsciiString IDEMPOTENCY_KEY = AsciiString.cached(IdempotencyKey.HEADER);
    private static final Set<ErrorCategory> MAY_HAVE_BEEN_DONE =
            Set.of(ErrorCategory.UNAVAILABLE, ErrorCategory.DEADLINE_EXCEEDED, ErrorCategory.INTERNAL);

    /** Headers of callers that engines are sent: those that tell one trace from another. */
    private static final List<String> PASSED = List.of("traceparent", "tracestate");

    private final HttpDoor door;
    private final HttpExchange exchange;
    private final String requestId;
    private final Context context;
    /** As of before the caller was let in. */
    private final long keyChanges;

    private ErrorShape errors = ErrorShape.OPENAI;

    Arrival(HttpDoor door, HttpExchange exchange, String requestId, Context context) {
        this.door = door;
        this.keyChanges = door.active().keyChanges();
        this.exchange = exchange;
        this.requestId = requestId;
        this.context = context;
    }

    void admit() {
        try {
            Entrance entrance = door.entrances().of(exchange.rawPath()).orElseThrow();
            String path = entrance.apiPath(path());
            errors = Operations.errors(path);
            errors.headers(requestId).forEach(exchange::header);
            Operation operation = door.operations().find(exchange.method(), path);
            Later.then(
                    entrance.authenticate(exchange),
                    exchange.loop(),
                    caller -> context.run(() -> let(caller, entrance, operation)),
                    this::refuse);
        } catch (PlatformException refused) {
            refuse(refused);
        } catch (RuntimeException defect) {
            refuse(PlatformException.internal(defect));
        }
    }

    private String path() {
        if (exchange.isMalformed()) {
            throw new PlatformException(RelayError.MALFORMED_REQUEST, "The request cannot be read.");
        }
        try {
            return exchange.path();
        } catch (IllegalArgumentException wrong) {
            throw PlatformException.because(RelayError.MALFORMED_REQUEST, "The request's path is encoded wrongly.")
                    .cause(wrong)
                    .build();
        }
    }

    private void let(Caller caller, Entrance entrance, Operation operation) {
        switch (operation) {
            case Operation.Look(Operation.Answering answering) ->
                aside(() -> answering.answer(caller, exchange.query()), reply -> reply(exchange, reply), this::refuse);
            case Operation.Infer(Endpoint endpoint) ->
                exchange.readBody(new Body(
                        caller,
                        entrance,
                        (body, running, answer, over) -> door.inference()
                                .run(call(running.caller(), endpoint, endpoint.path(), body), running, answer, over)));
            case Operation.Translate(String path, TranslatedApi api) ->
                exchange.readBody(new Body(
                        caller,
                        entrance,
                        (body, running, answer, over) -> translate(
                                call(running.caller(), Endpoint.CHAT_COMPLETIONS, path, body),
                                api,
                                running,
                                answer,
                                over)));
            case Operation.Examine(Operation.Examining examining) ->
                exchange.readBody(new Body(
                        caller,
                        entrance,
                        (body, running, answer, over) ->
                                examine(() -> examining.answer(running.caller(), requestId, body), answer, over)));
            case Operation.Make(Operation.Examining making) ->
                exchange.readBody(new Body(
                        caller,
                        entrance,
                        (body, running, answer, over) ->
                                make(() -> making.answer(running.caller(), requestId, body), answer, over)));
            case Operation.Upload(Operation.Uploading uploading) ->
                enter(caller, entrance, () -> {}, (running, over) -> files().upload(uploading, running, over));
            case Operation.Download(Operation.Downloading downloading) ->
                enter(caller, entrance, () -> {}, (running, over) -> files().download(downloading, running, over));
        }
    }

    private void translate(Call call, TranslatedApi api, ActiveCall running, Answer answer, Runnable over) {
        aside(
                () -> api.translate(call.caller(), requestId, call.body()),
                translated -> {
                    Call chat = call(call.caller(), call.endpoint(), call.path(), translated.chat());
                    var words = new TranslatedAnswer(answer, translated.translation(), errors, requestId);
                    door.inference().run(chat, running, words, () -> words.whenSaid(over));
                },
                refusal -> {
                    door.inference().refused(call, refusal);
                    refuse(answer, refusal);
                    over.run();
                });
    }

    private FileTransfer files() {
        return new FileTransfer(this, exchange, requestId);
    }

    private void examine(Supplier<Operation.Reply> work, Answer answer, Runnable over) {
        reply(work, answer, refusal -> refuse(answer, refusal), over);
    }

    /** What fails for a reason of ours may have been done all the same: that is the outcome then. */
    void make(Supplier<Operation.Reply> work, Answer answer, Runnable over) {
        reply(
                work,
                answer,
                failure -> {
                    if (MAY_HAVE_BEEN_DONE.contains(failure.category())) {
                        conclude(answer, failure);
                    } else {
                        refuse(answer, failure);
                    }
                },
                over);
    }

    private void reply(
            Supplier<Operation.Reply> work, Answer answer, Consumer<PlatformException> onFailure, Runnable over) {
        aside(
                work,
                reply -> {
                    reply(answer, reply);
                    over.run();
                },
                failure -> {
                    onFailure.accept(failure);
                    over.run();
                });
    }

    /** Does what may block on a thread of its own, and goes on here. */
    <T> void aside(Supplier<T> work, Consumer<T> onResult, Consumer<PlatformException> onFailure) {
        Later.then(
                Later.aside(requestId, work),
                exchange.loop(),
                result -> context.run(() -> onResult.accept(result)),
                onFailure);
    }

    private Call call(Caller caller, Endpoint endpoint, String path, byte[] body) {
        return new Call(
                requestId,
                caller,
                endpoint,
                path,
                body,
                caller.principal().depth(),
                door.stamp().now(),
                exchange.arrivedNanos(),
                System.nanoTime(),
                passed(),
                Priority.INTERACTIVE);
    }

    private Map<String, String> passed() {
        Map<String, String> passed = Map.of();
        for (String name : PASSED) {
            Optional<String> value = exchange.header(name);
            if (value.isPresent()) {
                passed = passed.isEmpty() ? new HashMap<>() : passed;
                passed.put(name, value.get());
            }
        }
        return passed;
    }

    private static void reply(Answer answer, Operation.Reply reply) {
        reply.headers().forEach(answer::header);
        answer.whole(200, JSON, reply.json(), reply.json().length);
    }

    void refuse(PlatformException refusal) {
        refuse(exchange, refusal);
    }

    private void refuse(Answer answer, PlatformException refusal) {
        OpenAiError error = error(answer, refusal);
        answer.refuse(error.status(), errors.body(error, requestId));
    }

    private void conclude(Answer answer, PlatformException failure) {
        OpenAiError error = error(answer, failure);
        byte[] body = errors.body(error, requestId);
        answer.whole(error.status(), JSON, body, body.length);
    }

    private OpenAiError error(Answer answer, PlatformException refusal) {
        if (refusal.category() == ErrorCategory.INTERNAL) {
            LOG.error("{} failed", requestId, refusal);
        }
        OpenAiError error = OpenAiError.of(refusal);
        error.headers().forEach(answer::header);
        return error;
    }

    /** Enters the caller among those who call now, and goes on where its key is still what it was when it was let in. */
    private void enter(Caller caller, Entrance entrance, Runnable leave, BiConsumer<ActiveCall, Runnable> go) {
        ActiveCall running;
        try {
            running = door.active().enter(caller, exchange.loop());
        } catch (PlatformException busy) {
            leave.run();
            refuse(busy);
            return;
        }
        Runnable over = () -> {
            running.close();
            leave.run();
        };
        if (door.active().keyChanges() == keyChanges) {
            go.accept(running, over);
        } else {
            confirm(
                    entrance,
                    same -> {
                        running.callerIs(same);
                        go.accept(running, over);
                    },
                    over);
        }
    }

    /** Keys have changed while the request was on its way: whether the caller's did is asked before anything is done. */
    private void confirm(Entrance entrance, Consumer<Caller> go, Runnable over) {
        Consumer<PlatformException> stop = refusal -> {
            refuse(refusal);
            over.run();
        };
        try {
            Later.then(
                    entrance.authenticate(exchange), exchange.loop(), same -> context.run(() -> go.accept(same)), stop);
        } catch (PlatformException refused) {
            stop.accept(refused);
        }
    }

    /**
     * Does something at once, or, where the request came with an idempotency key, unless it was done before.
     *
     * @param content says what is asked, as long as it is the same; may take time
     */
    void promise(Supplier<String> content, ActiveCall running, BiConsumer<Answer, Runnable> work, Runnable over) {
        if (!exchange.carries(IDEMPOTENCY_KEY)) {
            work.accept(exchange, over);
            return;
        }
        new KeyedRequest(door.keptCalls(), exchange, requestId, running)
                .begin(content, answer -> work.accept(answer, () -> answer.whenKept(over)), this::refuse, over);
    }

    /** Waits for a request's body. */
    private final class Body implements BodyReceiver {
        private final Caller caller;
        private final Entrance entrance;
        private final Work work;

        Body(Caller caller, Entrance entrance, Work work) {
            this.caller = caller;
            this.entrance = entrance;
            this.work = work;
        }

        @Override
        public void received(byte[] body, BodyMemory.Share share) {
            context.run(() -> begin(body, share));
        }

        @Override
        public void refused(PlatformException refusal) {
            refuse(refusal);
        }

        private void begin(byte[] body, BodyMemory.Share share) {
            enter(
                    caller,
                    entrance,
                    share::close,
                    (running, over) -> promise(
                            () -> Sha256.hex(body),
                            running,
                            (answer, done) -> work.run(body, running, answer, done),
                            over));
        }
    }

    /** What is done with a request whose body is there. */
    private interface Work {
        /**
         * Begins it.
         *
         * @param over to be run when it is over
         */
        void run(byte[] body, ActiveCall running, Answer answer, Runnable over);
    }
}
