package ai.exaone.gateway.relay.client;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Decoded;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, and however it is cut: who reads plain heads by himself reads what Netty's decoder alone reads. */
class TwoWaysOfReadingTest {
    private static final String PATH = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"chat\"}";
    private static final List<String> NAMES = List.of("host", "authorization", "content-length", "x-none", "x-twice");
    private static final List<String> LINES = List.of(
            "Content-Length: 5",
            "content-length:5",
            "Content-Length: 5, 5",
            "Content-Length: 05",
            "Content-Length: +5",
            "Content-Length: 5 ",
            "Content-Length:",
            "Content-Length: 99999999999999999999",
            "Content-Length : 5",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "transfer-encoding:\tchunked",
            "Transfer_Encoding: chunked",
            "Connection: close",
            "Connection: Keep-Alive",
            "Connection: keep-alive, upgrade",
            "Connection: x, close",
            "Upgrade: h2c",
            "Expect: 100-continue",
            "Expect: 200-ok",
            "Trailer: x",
            "Host: other",
            "Host:",
            "X-Twice: one",
            "x-twice:\t two \t",
            "X-Empty:",
            "X-Odd\u0001: a",
            "X-Odd: a\u0000b",
            "X-Odd: \u00e9",
            "X-Odd: a\u007fb",
            " folded: a",
            "\tfolded",
            ": nameless",
            "no colon",
            "X Space: a",
            "X-Bare: a\nContent-Length: 3",
            "X-Bare: a\rContent-Length: 3");
    private static final List<String> STARTS = List.of(
            "POST " + PATH + " HTTP/1.1",
            "POST " + PATH + "?a=b HTTP/1.1",
            "POST " + PATH + "%2f HTTP/1.1",
            "POST http://h" + PATH + " HTTP/1.1",
            "POST " + PATH + "#x HTTP/1.1",
            "POST  " + PATH + " HTTP/1.1",
            "POST " + PATH + " HTTP/1.1 ",
            "POST " + PATH + " HTTP/1.0",
            "POST " + PATH + " HTTP/1.2",
            "POST " + PATH + " http/1.1",
            "POST " + PATH,
            "post " + PATH + " HTTP/1.1",
            "GET " + PATH + " HTTP/1.1",
            "HEAD /health HTTP/1.1",
            "POST /elsewhere HTTP/1.1",
            " POST " + PATH + " HTTP/1.1",
            "\r\nPOST " + PATH + " HTTP/1.1");

    @Test
    void plainHeadsAreReadWithoutTheCodec() {
        String request =
                request("POST " + PATH + " HTTP/1.1", "Host: h", "Authorization: Bearer k", length(BODY)) + BODY;

        List<Object> messages = messages(request.repeat(3), new int[0], target -> true);

        assertThat(messages.stream().filter(PlainHead.class::isInstance)).hasSize(3);
        assertThat(messages.stream().filter(HttpRequest.class::isInstance)).isEmpty();
        messages.forEach(ReferenceCountUtil::release);
    }

    @Test
    void theCodecGivesAConnectionBack() {
        String plain = request("POST " + PATH + " HTTP/1.1", "Host: h", length(BODY)) + BODY;
        String chunked =
                request("POST " + PATH + " HTTP/1.1", "Host: h", "Transfer-Encoding: chunked") + "1\r\n{\r\n0\r\n\r\n";

        List<Object> messages = messages(plain + chunked + plain, new int[0], target -> true);

        assertThat(messages.stream().filter(PlainHead.class::isInstance)).hasSize(2);
        assertThat(messages.stream().filter(HttpRequest.class::isInstance)).hasSize(1);
        messages.forEach(ReferenceCountUtil::release);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked",
                "Content-Length: 16",
                "Expect: 100-continue",
                "Upgrade: h2c",
                "Connection: upgrade",
                "Host: another",
                "X-Odd: \u00e9"
            })
    void whatIsNotPlainIsLeftToTheCodec(String line) {
        String request = request("POST " + PATH + " HTTP/1.1", "Host: h", length(BODY), line) + BODY;

        List<Object> messages = messages(request, new int[0], target -> true);

        assertThat(messages.stream().filter(PlainHead.class::isInstance)).isEmpty();
        messages.forEach(ReferenceCountUtil::release);
    }

    @Property(tries = 5_000)
    void bothWaysReadTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder sent = new StringBuilder();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            sent.append(randomRequest(random));
        }
        String bytes = random.nextInt(3) == 0 ? changed(sent.toString(), random) : sent.toString();
        int[] cuts =
                random.ints(random.nextInt(4), 0, bytes.length() + 1).sorted().toArray();

        List<String> ours = described(messages(bytes, cuts, target -> target.startsWith("/v1")));
        List<String> nettys = described(messages(bytes, cuts, target -> false));

        assertThat(ours).as(bytes).isEqualTo(nettys);
    }

    private static String randomRequest(Random random) {
        List<String> lines = new ArrayList<>(List.of("Host: h", "Authorization: Bearer k", "X-Twice: 0"));
        if (random.nextInt(8) > 0) {
            lines.add(random.nextBoolean() ? length(BODY) : length(BODY).toLowerCase(Locale.ROOT));
        }
        for (int more = random.nextInt(3) * random.nextInt(2); more > 0; more--) {
            lines.add(random.nextInt(lines.size() + 1), LINES.get(random.nextInt(LINES.size())));
        }
        String start = STARTS.get(random.nextInt(4) > 0 ? 0 : random.nextInt(STARTS.size()));
        return request(start, lines.toArray(String[]::new)) + BODY;
    }

    /** The same with one character more, less or other. */
    private static String changed(String text, Random random) {
        int at = random.nextInt(text.length());
        String odd = String.valueOf((char) random.nextInt(256));
        return text.substring(0, at) + (random.nextBoolean() ? odd : "") + text.substring(at + random.nextInt(2));
    }

    private static String request(String start, String... lines) {
        return start + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static String length(String body) {
        return "Content-Length: " + body.length();
    }

    private static List<Object> messages(String text, int[] cuts, Predicate<String> takes) {
        EmbeddedChannel channel = new EmbeddedChannel(new CallerCodec(new HttpDecoderConfig(), takes));
        Decoded.feed(channel, text, cuts);
        List<Object> messages = Decoded.taken(channel);
        channel.finishAndReleaseAll();
        return messages;
    }

    private static List<String> described(List<Object> messages) {
        return Decoded.described(messages, message -> switch (message) {
            case PlainHead head -> Optional.of(describe(head));
            case HttpRequest request -> Optional.of(describe(new CodecHead(request)));
            default -> Optional.empty();
        });
    }

    private static String describe(ExchangeHead head) {
        TreeMap<String, List<String>> headers = new TreeMap<>();
        NAMES.forEach(name -> headers.put(name, head.headers(name)));
        NAMES.forEach(name -> assertThat(head.header(name))
                .isEqualTo(
                        head.headers(name).isEmpty() ? null : head.headers(name).getFirst()));
        return String.join(
                " ",
                head.method(),
                head.target(),
                headers.toString(),
                "old " + head.isOld(),
                "stays " + head.keepsAlive(),
                "length " + head.bodyLength(),
                "waits " + head.awaitsContinue());
    }
}
