package ai.exaone.gateway.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Decoded;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever an engine sends, and however it is cut: it is read as Netty's decoder alone reads it. */
class EngineDecoderTest {
    private static final String BODY = "{\"choices\":[]}";
    private static final List<String> LINES = List.of(
            "Content-Length: 14",
            "Content-Length: 3",
            "Content-Length: 14, 14",
            "Content-Length: x",
            "Content-Length: 0",
            "Transfer-Encoding: chunked",
            "Connection: close",
            "Connection: keep-alive",
            "Connection: keep-alive, x",
            "Connection: x",
            "Upgrade: h2c",
            "Retry-After: 3",
            "Content-Type: text/event-stream; charset=utf-8",
            "X-Odd\u0001: a",
            "X-Odd: \u00e9",
            "X-Empty:",
            " folded",
            ": nameless",
            "no colon");
    private static final List<String> STARTS = List.of(
            "HTTP/1.1 200 OK",
            "HTTP/1.1 200 ok",
            "HTTP/1.1 200",
            "HTTP/1.0 200 OK",
            "HTTP/1.1 100 Continue",
            "HTTP/1.1 204 No Content",
            "HTTP/1.1 304 Not Modified",
            "HTTP/1.1 404 Not Found",
            "HTTP/1.1 503 Later",
            "HTTP/1.1  200 OK",
            "HTTP/2 200 OK",
            "\r\nHTTP/1.1 200 OK");

    @Test
    void plainAnswersAreReadWithoutNettysDecoder() {
        String answer = answer("HTTP/1.1 200 OK", "Content-Type: application/json", "Content-Length: 14");

        List<Object> messages = messages(answer.repeat(2), new int[0], new EngineDecoder());

        assertThat(messages.stream().filter(EngineHead.class::isInstance)).hasSize(2);
        messages.forEach(ReferenceCountUtil::release);
    }

    @Property(tries = 5_000)
    void bothReadTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder sent = new StringBuilder();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            sent.append(randomAnswer(random));
        }
        String text = sent.toString();
        if (random.nextInt(3) == 0) {
            int at = random.nextInt(text.length());
            text = text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + random.nextInt(2));
        }
        int[] cuts =
                random.ints(random.nextInt(4), 0, text.length() + 1).sorted().toArray();

        assertThat(described(messages(text, cuts, new EngineDecoder())))
                .as(text)
                .isEqualTo(described(messages(text, cuts, new HttpResponseDecoder())));
    }

    private static String randomAnswer(Random random) {
        List<String> lines = new ArrayList<>(List.of("Server: s", "Content-Type: application/json"));
        if (random.nextInt(6) > 0) {
            lines.add("content-length: 14");
        }
        for (int more = random.nextInt(3) * random.nextInt(2); more > 0; more--) {
            lines.add(random.nextInt(lines.size() + 1), LINES.get(random.nextInt(LINES.size())));
        }
        return answer(
                STARTS.get(random.nextInt(4) > 0 ? 0 : random.nextInt(STARTS.size())), lines.toArray(String[]::new));
    }

    private static String answer(String start, String... lines) {
        return start + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n" + BODY;
    }

    private static List<Object> messages(String text, int[] cuts, ChannelHandler decoder) {
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        Decoded.feed(channel, text, cuts);
        channel.finish();
        return Decoded.taken(channel);
    }

    private static List<String> described(List<Object> messages) {
        return Decoded.described(messages, message -> switch (message) {
            case EngineHead head -> Optional.of(head.toString());
            case HttpResponse head -> Optional.of(EngineHead.of(head).toString());
            default -> Optional.empty();
        });
    }
}
