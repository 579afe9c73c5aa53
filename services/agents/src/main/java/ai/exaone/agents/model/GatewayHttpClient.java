package ai.exaone.agents.model;

import ai.exaone.agents.model.InferenceDoor.Exchange;
import ai.exaone.errors.PlatformException;
import ai.exaone.rpc.RpcErrors;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.grpc.StatusException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * LangChain4j's HTTP, carried by the inference door for one call of one run. Blocks until the answer has ended, also where it is
 * streamed: the run's thread waits for it anyway.
 */
final class GatewayHttpClient implements HttpClient {
    private static final int ERROR_STATUS = 400;
    private static final String END_OF_STREAM = "[DONE]";

    private final InferenceDoor door;
    private final InferenceDoor.Terms terms;
    private final Consumer<Runnable> cancellation;

    /**
     * @param cancellation is told how to cancel the call, before anything is waited for
     */
    GatewayHttpClient(InferenceDoor door, InferenceDoor.Terms terms, Consumer<Runnable> cancellation) {
        this.door = door;
        this.terms = terms;
        this.cancellation = cancellation;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (Exchange exchange = open(request)) {
            return response(exchange).body(text(exchange)).build();
        } catch (IOException failure) {
            throw interrupted(failure);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try (Exchange exchange = open(request)) {
            var watched = new WatchedListener(listener);
            watched.onOpen(response(exchange).build());
            parser.parse(exchange.body(), watched);
            watched.finish();
        } catch (PlatformException failure) {
            listener.onError(failure);
        }
    }

    private Exchange open(HttpRequest request) {
        byte[] body = request.body() == null ? new byte[0] : request.body().getBytes(StandardCharsets.UTF_8);
        Exchange exchange = door.open(terms, URI.create(request.url()).getPath(), body, cancellation);
        if (exchange.head().getStatus() >= ERROR_STATUS) {
            try (exchange) {
                throw ErrorAnswer.read(exchange.head(), text(exchange));
            } catch (IOException failure) {
                throw interrupted(failure);
            }
        }
        return exchange;
    }

    private static SuccessfulHttpResponse.Builder response(Exchange exchange) {
        Map<String, List<String>> headers = exchange.head().getHeadersMap().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        return SuccessfulHttpResponse.builder()
                .statusCode(exchange.head().getStatus())
                .headers(headers);
    }

    private static String text(Exchange exchange) throws IOException {
        return new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static PlatformException interrupted(Throwable failure) {
        if (failure.getCause() instanceof StatusException status) {
            return RpcErrors.received(status);
        }
        return PlatformException.because(ModelError.MODEL_ANSWER_INTERRUPTED, "The model's answer broke off.")
                .cause(failure)
                .build();
    }

    static HttpClientBuilder builder(GatewayHttpClient client) {
        return new Builder(client);
    }

    /** Passes events on, but lets no answer end well that did not say that it ended. */
    private static final class WatchedListener implements ServerSentEventListener {
        private final ServerSentEventListener listener;
        private boolean ended;
        private boolean failed;

        WatchedListener(ServerSentEventListener listener) {
            this.listener = listener;
        }

        @Override
        public void onOpen(SuccessfulHttpResponse response) {
            listener.onOpen(response);
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            if (failed) {
                return;
            }
            ended |= event.data().strip().equals(END_OF_STREAM);
            var error = ErrorAnswer.inStream(event.event(), event.data());
            if (error.isPresent()) {
                onError(error.get());
            } else {
                listener.onEvent(event, context);
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!failed) {
                failed = true;
                listener.onError(failure instanceof IOException ? interrupted(failure) : failure);
            }
        }

        void finish() {
            if (!ended && !failed) {
                onError(new PlatformException(ModelError.MODEL_ANSWER_INTERRUPTED, "The model's answer broke off."));
            } else if (!failed) {
                listener.onClose();
            }
        }
    }

    /** Timeouts are the call's own terms; LangChain4j's are not used. */
    private record Builder(GatewayHttpClient client) implements HttpClientBuilder {
        @Override
        public Duration connectTimeout() {
            return client.terms.timeout();
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return client.terms.timeout();
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}
