package ai.exaone.bench.upstream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The answers' bytes. What a checker needs of them is public: the marks, and how many tokens are told. */
public final class Answers {
    /** Precedes the number of each piece of a stream. */
    public static final String PIECE_MARK = "#";
    /** The last words of an answer that is not streamed. */
    public static final String END_MARK = "that was all.";

    public static final int PROMPT_TOKENS = 250;
    public static final int COMPLETION_TOKENS = 300;
    public static final int DIMENSIONS = 1024;

    private static final String NO_CACHE = "cache-control: no-cache\r\n";
    private static final String COMPLETION_TEXT = completionText();
    private static final String VECTOR = vector();
    private static final String VECTOR_BASE64 = vectorBase64();

    /** By model: this answer is asked for most, and the less it costs, the more is left for what is measured. */
    private static final Map<String, byte[]> COMPLETIONS = new ConcurrentHashMap<>();

    private static final int MOST_COMPLETIONS = 1_000;

    private Answers() {}

    static ByteBuf json(int status, String extraHeaders, String body) {
        return Unpooled.copiedBuffer(
                "HTTP/1.1 " + status + " Scripted\r\ncontent-type: application/json\r\n" + extraHeaders
                        + "content-length: " + body.length() + "\r\n\r\n" + body,
                StandardCharsets.UTF_8);
    }

    static ByteBuf error(int status, String message) {
        String retry = status == 429 || status == 503 ? "retry-after: 1\r\n" : "";
        return json(status, retry, "{\"error\":{\"message\":\"" + message + "\",\"type\":\"scripted\"}}");
    }

    static ByteBuf models(List<String> names) {
        return json(
                200,
                "",
                names.stream()
                        .map(name ->
                                "{\"id\":\"%s\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"bench\"}"
                                        .formatted(name))
                        .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}")));
    }

    static ByteBuf completion(String model) {
        byte[] kept = COMPLETIONS.get(model);
        if (kept == null) {
            kept = ByteBufUtil.getBytes(newCompletion(model));
            if (COMPLETIONS.size() < MOST_COMPLETIONS) {
                COMPLETIONS.put(model, kept);
            }
        }
        return Unpooled.wrappedBuffer(kept);
    }

    private static ByteBuf newCompletion(String model) {
        return json(200, "", """
                {"id":"chatcmpl-scripted","object":"chat.completion","created":1700000000,"model":"%s",\
                "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],"usage":%s}""".formatted(quoted(model), COMPLETION_TEXT, usage(COMPLETION_TOKENS)));
    }

    static ByteBuf embeddings(Asked asked) {
        String vector = asked.base64() ? VECTOR_BASE64 : VECTOR;
        int tokens = 8 * asked.inputs();
        return json(
                200,
                "",
                IntStream.range(0, asked.inputs())
                        .mapToObj(index ->
                                "{\"object\":\"embedding\",\"index\":" + index + ",\"embedding\":" + vector + "}")
                        .collect(Collectors.joining(
                                ",",
                                "{\"object\":\"list\",\"data\":[",
                                "],\"model\":\"" + quoted(asked.model()) + "\",\"usage\":{\"prompt_tokens\":" + tokens
                                        + ",\"total_tokens\":" + tokens + "}}")));
    }

    static ByteBuf streamHead() {
        return Unpooled.copiedBuffer(
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n" + NO_CACHE
                        + "transfer-encoding: chunked\r\n\r\n",
                StandardCharsets.US_ASCII);
    }

    /** What every event of a stream begins with. */
    static String eventHead(String model) {
        return "data: {\"id\":\"chatcmpl-scripted\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\""
                + quoted(model) + "\",\"choices\":[";
    }

    /** One piece of content, as one chunk of HTTP. */
    static ByteBuf piece(ByteBufAllocator buffers, String head, int number, boolean continuousUsage) {
        String role = number == 0 ? "\"role\":\"assistant\"," : "";
        String counted = continuousUsage ? ",\"usage\":" + usage(number + 1) : "";
        return chunk(
                buffers,
                head + "{\"index\":0,\"delta\":{" + role + "\"content\":\"" + PIECE_MARK + number
                        + " of a few \"},\"finish_reason\":null}]" + counted + "}\n\n");
    }

    /** The end of a stream in three events, the last one with the end of the body. */
    static List<ByteBuf> streamEnd(ByteBufAllocator buffers, String head, int pieces, boolean usage) {
        ByteBuf reason = chunk(buffers, head + "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        ByteBuf done = ascii(buffers, "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n");
        return usage
                ? List.of(reason, chunk(buffers, head + "],\"usage\":" + usage(pieces) + "}\n\n"), done)
                : List.of(reason, done);
    }

    private static ByteBuf chunk(ByteBufAllocator buffers, String text) {
        return ascii(buffers, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static ByteBuf ascii(ByteBufAllocator buffers, String text) {
        return ByteBufUtil.writeAscii(buffers, text);
    }

    private static String usage(int completionTokens) {
        return "{\"prompt_tokens\":" + PROMPT_TOKENS + ",\"completion_tokens\":" + completionTokens
                + ",\"total_tokens\":" + (PROMPT_TOKENS + completionTokens) + "}";
    }

    /** The name as it stands in JSON, in ASCII: any other character would not be one byte. */
    private static String quoted(String model) {
        String ascii = model.replaceAll("[^\\x20-\\x7e]", "?");
        return new String(JsonStringEncoder.getInstance().quoteAsString(ascii));
    }

    private static String completionText() {
        String[] words = {"a ", "gate ", "adds ", "little ", "or ", "much "};
        return IntStream.range(0, COMPLETION_TOKENS - 3)
                        .mapToObj(index -> words[index % words.length])
                        .collect(Collectors.joining())
                + END_MARK;
    }

    private static float coordinate(int index) {
        return (float) (Math.cos(index) / Math.sqrt(DIMENSIONS / 2.0));
    }

    private static String vector() {
        return IntStream.range(0, DIMENSIONS)
                .mapToObj(index -> Float.toString(coordinate(index)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String vectorBase64() {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * DIMENSIONS).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, DIMENSIONS).forEach(index -> bytes.putFloat(coordinate(index)));
        return '"' + Base64.getEncoder().encodeToString(bytes.array()) + '"';
    }
}
