package ai.exaone.agents.tool.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.agents.CountingToolServer;
import ai.exaone.agents.CountingToolServer.Reply;
import ai.exaone.errors.PlatformException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundClientTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress OTHER_LOOPBACK = InetAddress.ofLiteral("127.0.0.2");
    private static final int MOST = 64 * 1024;

    @AutoClose
    private final CountingToolServer server = new CountingToolServer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "2130706433",
                "127.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "0",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:ffff:7f00:1]",
                "[64:ff9b::7f00:1]",
                "127.0.0.1.",
                "localhost."
            })
    void noSpellingOfLoopbackIsReached(String host) {
        try (var client = new OutboundClient(new AddressPolicy(List.of()), HostResolver.system(), MOST)) {
            var failure = failure(client, "http://" + host + ":" + server.port() + "/");

            assertThat(failure.reason().name())
                    .isIn("OUTBOUND_ADDRESS_REFUSED", "OUTBOUND_HOST_UNKNOWN", "OUTBOUND_URL_INVALID");
            assertThat(failure.publicMessage()).doesNotContain("127.0.0");
            assertThat(server.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0177.0.0.1", "017700000001", "127.0.0.01"})
    void anAmbiguousSpellingIsCheckedAsItIsRead(String host) {
        InetAddress read;
        try {
            read = HostResolver.system().resolve(host).getFirst();
        } catch (UnknownHostException | IllegalArgumentException refused) {
            return;
        }
        boolean loopback = read.isLoopbackAddress();
        assertThat(new AddressPolicy(List.of()).permits(read)).isEqualTo(!loopback);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://127.0.0.1/",
                "http:///path",
                "jar:http://x!/",
                "http://u@h/",
                "unix:/run/x"
            })
    void onlyPlainUrlsAreCalled(String url) {
        try (var client = allowingLoopback(HostResolver.system())) {
            assertThat(failure(client, url).reason()).isEqualTo(OutboundError.OUTBOUND_URL_INVALID);
        }
    }

    @Test
    void anAddressIsAskedForOnceAndTheSocketGoesThere() {
        var lookups = new AtomicInteger();
        // The second answer would be refused: nobody may ask for it between check and connection.
        HostResolver rebinding = host -> List.of(lookups.incrementAndGet() == 1 ? LOOPBACK : OTHER_LOOPBACK);
        try (var client = allowing("127.0.0.1/32", rebinding)) {
            assertThat(get(client, "http://tool.example:" + server.port() + "/a"))
                    .isEqualTo("{\"ok\":true}");
            assertThat(lookups).hasValue(1);
        }
    }

    @Test
    void aNameThatLeadsInsideIsRefusedAtEveryConnection() {
        var answers = new AtomicInteger();
        HostResolver changing = host -> List.of(answers.getAndIncrement() == 0 ? LOOPBACK : OTHER_LOOPBACK);
        server.behave(call -> new Reply(200, "text/plain", "", ""));
        try (var client = allowing("127.0.0.1/32", changing);
                var fresh = allowing("127.0.0.1/32", changing)) {
            get(client, "http://tool.example:" + server.port() + "/");
            var failure = failure(fresh, "http://tool.example:" + server.port() + "/");

            assertThat(failure.reason()).isEqualTo(OutboundError.OUTBOUND_ADDRESS_REFUSED);
            assertThat(server.calls()).hasSize(1);
        }
    }

    @Test
    void ofSeveralAddressesOnlyPermittedOnesAreTried() {
        try (var client = allowing("127.0.0.1/32", host -> List.of(OTHER_LOOPBACK, LOOPBACK))) {
            assertThat(get(client, "http://tool.example:" + server.port() + "/"))
                    .isEqualTo("{\"ok\":true}");
        }
    }

    @Test
    void redirectsAreFollowedToPermittedAddressesOnly() {
        HostResolver resolver = host -> List.of(host.equals("inside.example") ? OTHER_LOOPBACK : LOOPBACK);
        server.behave(call -> call.target().equals("/start")
                ? new Reply(302, "text/plain", "", "http://inside.example:" + server.port() + "/secret")
                : Reply.json("{}"));
        try (var client = allowing("127.0.0.1/32", resolver)) {
            var failure = failure(client, "http://tool.example:" + server.port() + "/start");

            assertThat(failure.reason()).isEqualTo(OutboundError.OUTBOUND_ADDRESS_REFUSED);
            assertThat(server.calls())
                    .extracting(CountingToolServer.Call::target)
                    .containsExactly("/start");
        }
    }

    @Test
    void anotherOriginGetsNoHeaders() {
        server.behave(call -> call.target().equals("/start")
                ? new Reply(307, "text/plain", "", "http://other.example:" + server.port() + "/next")
                : Reply.json("{}"));
        try (var client = allowing("127.0.0.1/32", host -> List.of(LOOPBACK))) {
            client.send(
                    request(
                            "GET",
                            "http://tool.example:" + server.port() + "/start",
                            Map.of("Authorization", "Bearer x")),
                    OutboundResponse::status);

            assertThat(server.calls())
                    .extracting(CountingToolServer.Call::authorization)
                    .containsExactly("Bearer x", "null");
        }
    }

    @Test
    void redirectsHaveAnEnd() {
        server.behave(call -> new Reply(302, "text/plain", "", "/again"));
        try (var client = allowingLoopback(HostResolver.system())) {
            assertThat(failure(client, server.url()).reason()).isEqualTo(OutboundError.OUTBOUND_REDIRECT_REFUSED);
            assertThat(server.calls()).hasSize(Redirects.MOST + 1);
        }
    }

    @Test
    void aWriteIsNotRedirectedElsewhere() {
        server.behave(call -> new Reply(307, "text/plain", "", "http://other.example:" + server.port() + "/"));
        try (var client = allowing("127.0.0.1/32", host -> List.of(LOOPBACK))) {
            var failure = catchThrowableOfType(
                    PlatformException.class,
                    () -> client.send(
                            request("POST", "http://tool.example:" + server.port() + "/", Map.of()),
                            OutboundResponse::status));

            assertThat(failure.reason()).isEqualTo(OutboundError.OUTBOUND_REDIRECT_REFUSED);
            assertThat(server.calls()).hasSize(1);
        }
    }

    @Test
    void anAnswerHasABound() {
        server.behave(call -> new Reply(200, "text/plain", "x".repeat(MOST + 1), ""));
        try (var client = allowingLoopback(HostResolver.system())) {
            assertThat(failure(client, server.url()).reason()).isEqualTo(OutboundError.OUTBOUND_RESPONSE_TOO_LARGE);
        }
    }

    @Test
    void aSilentHostIsGivenUp() {
        var never = new CountDownLatch(1);
        server.behave(call -> {
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return Reply.json("{}");
        });
        try (var client = allowingLoopback(HostResolver.system())) {
            var request = new OutboundRequest(
                    "GET", URI.create(server.url()), Map.of(), Optional.empty(), Duration.ofMillis(200));
            var failure =
                    catchThrowableOfType(PlatformException.class, () -> client.send(request, OutboundResponse::status));

            assertThat(failure.reason()).isEqualTo(OutboundError.OUTBOUND_TIMEOUT);
        } finally {
            never.countDown();
        }
    }

    @Test
    void anUnknownHostHasItsOwnReason() {
        HostResolver nobody = host -> {
            throw new UnknownHostException(host);
        };
        try (var client = allowingLoopback(nobody)) {
            assertThat(failure(client, "http://nowhere.example/").reason())
                    .isEqualTo(OutboundError.OUTBOUND_HOST_UNKNOWN);
        }
    }

    @Test
    void theMachinesProxyIsNotUsed() {
        String before = System.setProperty("http.proxyHost", "127.0.0.3");
        String socks = System.setProperty("socksProxyHost", "127.0.0.3");
        try (var client = allowingLoopback(HostResolver.system())) {
            assertThat(get(client, server.url())).isEqualTo("{\"ok\":true}");
        } finally {
            restore("http.proxyHost", before);
            restore("socksProxyHost", socks);
        }
    }

    private static void restore(String property, String before) {
        if (before == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, before);
        }
    }

    private static OutboundClient allowingLoopback(HostResolver resolver) {
        return allowing("127.0.0.0/8", resolver);
    }

    private static OutboundClient allowing(String range, HostResolver resolver) {
        return new OutboundClient(new AddressPolicy(List.of(CidrRange.of(range))), resolver, MOST);
    }

    private static String get(OutboundClient client, String url) {
        return client.send(
                request("GET", url, Map.of()),
                response -> new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static PlatformException failure(OutboundClient client, String url) {
        return catchThrowableOfType(PlatformException.class, () -> get(client, url));
    }

    private static OutboundRequest request(String method, String url, Map<String, String> headers) {
        return new OutboundRequest(method, URI.create(url), headers, Optional.empty(), Duration.ofSeconds(10));
    }
}
