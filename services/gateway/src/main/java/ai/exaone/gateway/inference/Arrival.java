package ai.exaone.gateway.inference;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.idempotency.IdempotencyKey;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.ErrorShape;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.RelayError;
import ai.exaone.gateway.relay.client.BodyMemory;
import ai.exaone.gateway.relay.client.BodyPipe;
import ai.exaone.gateway.relay.client.BodyReceiver;
import ai.exaone.gateway.relay.client.HttpExchange;
import io.grpc.Context;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way to the pipeline. For the exchange's event loop. */
final class Arrival {
    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);
    private static final String JSON = "application/json";
    private static final AsciiString IDEMPOTENCY_KEY = AsciiString.cached(IdempotencyKey.HEADER);
    /** Between two pieces of a file that is taken in. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

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
            case Operation.Upload(Operation.Uploading uploading) -> upload(caller, uploading);
            case Operation.Download(Operation.Downloading downloading) ->
                aside(() -> downloading.open(caller), file -> new FileAnswer(exchange, file).start(), this::refuse);
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

    private void examine(Supplier<Operation.Reply> work, Answer answer, Runnable over) {
        aside(
                work,
                reply -> {
                    reply(answer, reply);
                    over.run();
                },
                refusal -> {
                    refuse(answer, refusal);
                    over.run();
                });
    }

    private void upload(Caller caller, Operation.Uploading uploading) {
        ActiveCall running;
        try {
            running = door.active().enter(caller, exchange.loop());
        } catch (PlatformException busy) {
            refuse(busy);
            return;
        }
        String contentType =
                exchange.header(HttpHeaderNames.CONTENT_TYPE).orElse("").strip();
        BodyPipe body = exchange.pipeBody(LONGEST_PAUSE);
        examine(
                () -> {
                    try (body) {
                        return uploading.answer(caller, contentType, body);
                    }
                },
                exchange,
                running::close);
    }

    /** Does what may block on a thread of its own, and goes on here. */
    private <T> void aside(Supplier<T> work, Consumer<T> onResult, Consumer<PlatformException> onFailure) {
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
                passed());
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

    private void refuse(PlatformException refusal) {
        refuse(exchange, refusal);
    }

    private void refuse(Answer answer, PlatformException refusal) {
        if (refusal.category() == ErrorCategory.INTERNAL) {
            LOG.error("{} failed", requestId, refusal);
        }
        OpenAiError error = OpenAiError.of(refusal);
        error.headers().forEach(answer::header);
        answer.refuse(error.status(), errors.body(error, requestId));
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
            ActiveCall running;
            try {
                running = door.active().enter(caller, exchange.loop());
            } catch (PlatformException busy) {
                share.close();
                refuse(busy);
                return;
            }
            Runnable over = () -> {
                running.close();
                share.close();
            };
            if (door.active().keyChanges() == keyChanges) {
                go(body, running, over);
            } else {
                confirm(
                        same -> {
                            running.callerIs(same);
                            go(body, running, over);
                        },
                        over);
            }
        }

        private void go(byte[] body, ActiveCall running, Runnable over) {
            if (!exchange.carries(IDEMPOTENCY_KEY)) {
                work.run(body, running, exchange, over);
                return;
            }
            new KeyedRequest(door.keptCalls(), exchange, requestId, running)
                    .begin(
                            body,
                            answer -> work.run(body, running, answer, () -> answer.whenKept(over)),
                            Arrival.this::refuse,
                            over);
        }

        /** Keys have changed while the request was on its way: whether the caller's did is asked before anything is done. */
        private void confirm(Consumer<Caller> go, Runnable over) {
            Consumer<PlatformException> stop = refusal -> {
                refuse(refusal);
                over.run();
            };
            try {
                Later.then(
                        entrance.authenticate(exchange),
                        exchange.loop(),
                        same -> context.run(() -> go.accept(same)),
                        stop);
            } catch (PlatformException refused) {
                stop.accept(refused);
            }
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
