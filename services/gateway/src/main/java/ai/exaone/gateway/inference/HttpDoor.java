package ai.exaone.gateway.inference;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.gateway.relay.RelayError;
import ai.exaone.gateway.relay.client.BodyMemory;
import ai.exaone.gateway.relay.client.BodyReceiver;
import ai.exaone.gateway.relay.client.ExchangeHandler;
import ai.exaone.gateway.relay.client.HttpExchange;
import ai.exaone.gateway.relay.client.RequestTarget;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.CallContext;
import io.grpc.Context;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door over HTTP: OpenAI's paths, by whichever entrance. Thread-safe. */
public final class HttpDoor implements ExchangeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
    private static final String MODELS = "/v1/models";
    /** Headers of callers that engines are sent: those that tell one trace from another. */
    private static final List<String> PASSED = List.of("traceparent", "tracestate");

    private final Entrances entrances;
    private final Inference inference;
    private final ModelCatalogue catalogue;
    private final ActiveCalls active;
    private final IdGenerator ids;
    private final Clock clock;

    public HttpDoor(
            Entrances entrances,
            Inference inference,
            ModelCatalogue catalogue,
            ActiveCalls active,
            IdGenerator ids,
            Clock clock) {
        this.entrances = entrances;
        this.inference = inference;
        this.catalogue = catalogue;
        this.active = active;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public boolean takes(String target) {
        return entrances.of(RequestTarget.rawPath(target)).isPresent();
    }

    @Override
    public void serve(HttpExchange exchange) {
        String requestId = ids.next("req");
        exchange.header("x-request-id", requestId);
        CallContext context = new CallContext(Optional.empty(), Optional.empty(), requestId, exchange.callerAddress());
        Context previous = Context.current().withValue(CallContext.KEY, context).attach();
        try {
            new Arrival(exchange, requestId, Context.current()).admit();
        } finally {
            Context.current().detach(previous);
        }
    }

    static PlatformException unknownPath(String method, String path) {
        return new PlatformException(OpenAiReason.PATH_NOT_FOUND, "Unknown request URL: " + method + " " + path + ".");
    }

    /** One request on its way to the pipeline. */
    private final class Arrival {
        private final HttpExchange exchange;
        private final String requestId;
        private final Context context;

        Arrival(HttpExchange exchange, String requestId, Context context) {
            this.exchange = exchange;
            this.requestId = requestId;
            this.context = context;
        }

        void admit() {
            try {
                Entrance entrance = entrances.of(exchange.rawPath()).orElseThrow();
                String path = entrance.apiPath(path());
                Optional<Endpoint> endpoint = requirePath(path);
                Later.then(
                        entrance.authenticate(exchange),
                        exchange.loop(),
                        caller -> context.run(() -> let(caller, path, endpoint)),
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

        /** The endpoint of a path; empty for those of models. */
        private Optional<Endpoint> requirePath(String path) {
            Optional<Endpoint> endpoint = Endpoint.of(path);
            boolean models =
                    path.equals(MODELS) || (path.startsWith(MODELS + "/") && path.length() > MODELS.length() + 1);
            if (endpoint.isEmpty() && !models) {
                throw unknownPath(exchange.method(), path);
            }
            boolean allowed = switch (exchange.method()) {
                case "GET", "HEAD" -> models;
                case "POST" -> endpoint.isPresent();
                default -> false;
            };
            if (!allowed) {
                throw new PlatformException(
                        OpenAiReason.METHOD_NOT_ALLOWED, "Not allowed to " + exchange.method() + " on " + path + ".");
            }
            return endpoint;
        }

        private void let(Caller caller, String path, Optional<Endpoint> endpoint) {
            if (endpoint.isPresent()) {
                exchange.readBody(new Body(caller, endpoint.get()));
                return;
            }
            Later.then(
                    Later.aside(requestId, () -> models(caller, path)),
                    exchange.loop(),
                    json -> exchange.whole(200, "application/json", json, json.length),
                    this::refuse);
        }

        private byte[] models(Caller caller, String path) {
            return path.equals(MODELS)
                    ? catalogue.list(caller)
                    : catalogue.one(caller, path.substring(MODELS.length() + 1));
        }

        private void refuse(PlatformException refusal) {
            if (refusal.category() == ErrorCategory.INTERNAL) {
                LOG.error("{} failed", requestId, refusal);
            }
            exchange.refuse(OpenAiError.of(refusal));
        }

        private final class Body implements BodyReceiver {
            private final Caller caller;
            private final Endpoint endpoint;

            Body(Caller caller, Endpoint endpoint) {
                this.caller = caller;
                this.endpoint = endpoint;
            }

            @Override
            public void received(byte[] body, BodyMemory.Share share) {
                context.run(() -> infer(body, share));
            }

            @Override
            public void refused(PlatformException refusal) {
                refuse(refusal);
            }

            private void infer(byte[] body, BodyMemory.Share share) {
                ActiveCall running;
                try {
                    running = active.enter(caller.principal().keyId().orElse(""), exchange.loop());
                } catch (PlatformException busy) {
                    share.close();
                    refuse(busy);
                    return;
                }
                Call call = new Call(
                        requestId,
                        caller,
                        endpoint,
                        body,
                        caller.principal().depth(),
                        clock.instant(),
                        exchange.arrivedNanos(),
                        System.nanoTime(),
                        passed());
                inference.run(call, running, exchange, () -> {
                    running.close();
                    share.close();
                });
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
        }
    }
}
