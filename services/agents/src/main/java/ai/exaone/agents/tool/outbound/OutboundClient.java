package ai.exaone.agents.tool.outbound;

import ai.exaone.errors.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * The one way out of the platform for tools and MCP servers. No proxies, cookies, retries or credentials of the machine; redirects
 * are followed by {@link Redirects}. Thread-safe; its owner closes it.
 */
public final class OutboundClient implements AutoCloseable {
    private static final String USER_AGENT = "EXAONE-Agents/1";

    private final CloseableHttpClient client;
    private final long mostBytes;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("outbound-deadlines").factory());

    /**
     * @param mostBytes how much of an answer's body is read, at least 1
     */
    public OutboundClient(AddressPolicy policy, HostResolver resolver, long mostBytes) {
        if (mostBytes < 1) {
            throw new IllegalArgumentException("An answer has room: " + mostBytes);
        }
        this.mostBytes = mostBytes;
        this.client = HttpClients.custom()
                .setConnectionManager(GuardedConnections.of(policy, resolver))
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent(USER_AGENT)
                .build();
    }

    /**
     * Makes a call and reads its answer, whatever its status is, following redirects.
     *
     * @throws PlatformException with an {@link OutboundError}, if there is no answer
     */
    public <T> T send(OutboundRequest request, OutboundResponse.Reader<T> reader) {
        long end = System.nanoTime() + request.timeout().toNanos();
        OutboundRequest next = request;
        for (int redirects = 0; ; redirects++) {
            requireCallable(next.uri());
            Outcome<T> outcome = exchange(next, reader, end);
            if (outcome instanceof Outcome.Answer<T>(T value)) {
                return value;
            }
            if (redirects == Redirects.MOST) {
                throw new PlatformException(
                        OutboundError.OUTBOUND_REDIRECT_REFUSED,
                        "The host redirects more than " + Redirects.MOST + " times.");
            }
            var redirect = (Outcome.Redirect<T>) outcome;
            next = Redirects.follow(next, redirect.status(), redirect.location());
        }
    }

    /**
     * Checks what can be known of a URL without calling it.
     *
     * @throws PlatformException OUTBOUND_URL_INVALID
     */
    static void requireCallable(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new PlatformException(OutboundError.OUTBOUND_URL_INVALID, "Only http and https can be called.");
        }
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            throw new PlatformException(OutboundError.OUTBOUND_URL_INVALID, "The URL has no plain host.");
        }
    }

    private <T> Outcome<T> exchange(OutboundRequest request, OutboundResponse.Reader<T> reader, long end) {
        var call = call(request, end);
        var expired = new AtomicBoolean();
        var deadline = deadlines.schedule(
                () -> {
                    expired.set(true);
                    call.cancel();
                },
                Math.max(0, end - System.nanoTime()),
                TimeUnit.NANOSECONDS);
        try {
            return client.execute(call, answer -> outcome(request, answer, reader));
        } catch (IOException failure) {
            throw translate(failure, expired.get());
        } catch (RuntimeException failure) {
            if (expired.get() && !(failure instanceof PlatformException)) {
                throw timeout(failure);
            }
            throw failure;
        } finally {
            deadline.cancel(false);
        }
    }

    private static HttpUriRequestBase call(OutboundRequest request, long end) {
        var call = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().forEach(call::setHeader);
        request.body().ifPresent(body -> call.setEntity(new ByteArrayEntity(body, null)));
        long millis = Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis());
        call.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.ofMilliseconds(millis))
                .setResponseTimeout(Timeout.ofMilliseconds(millis))
                .build());
        return call;
    }

    private <T> Outcome<T> outcome(
            OutboundRequest request, ClassicHttpResponse answer, OutboundResponse.Reader<T> reader) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : answer.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        Optional<String> location = Optional.ofNullable(headers.get("location"));
        var body = new BoundedBody(
                answer.getEntity() == null
                        ? InputStream.nullInputStream()
                        : answer.getEntity().getContent(),
                mostBytes);
        try {
            return Redirects.isRedirect(answer.getCode(), location)
                    ? new Outcome.Redirect<>(answer.getCode(), location.orElseThrow())
                    : new Outcome.Answer<>(reader.read(new OutboundResponse(answer.getCode(), headers, body)));
        } finally {
            if (!body.ended()) {
                // What was not read may never end: the connection is given up, not read to its end for another call.
                answer.close();
            }
        }
    }

    private static PlatformException translate(IOException failure, boolean expired) {
        if (expired || failure instanceof SocketTimeoutException) {
            return timeout(failure);
        }
        if (failure instanceof OutboundResponse.TooLarge) {
            return failure(OutboundError.OUTBOUND_RESPONSE_TOO_LARGE, "The host's answer is too large.", failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GuardedConnections.Refused) {
                return failure(
                        OutboundError.OUTBOUND_ADDRESS_REFUSED,
                        "The host is not on the public internet, and no platform admin has allowed its address.",
                        failure);
            }
        }
        return switch (failure) {
            case UnknownHostException _ ->
                failure(OutboundError.OUTBOUND_HOST_UNKNOWN, "The host has no address.", failure);
            case SSLException _ ->
                failure(
                        OutboundError.OUTBOUND_TLS_FAILED,
                        "No trusted TLS connection to the host could be made.",
                        failure);
            case InterruptedIOException _ -> timeout(failure);
            default -> failure(OutboundError.OUTBOUND_UNREACHABLE, "The host cannot be reached.", failure);
        };
    }

    private static PlatformException timeout(Throwable cause) {
        return failure(OutboundError.OUTBOUND_TIMEOUT, "The host did not answer in time.", cause);
    }

    private static PlatformException failure(OutboundError reason, String sentence, Throwable cause) {
        return PlatformException.because(reason, sentence).cause(cause).build();
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private sealed interface Outcome<T> {
        record Answer<T>(T value) implements Outcome<T> {}

        record Redirect<T>(int status, String location) implements Outcome<T> {}
    }
}
