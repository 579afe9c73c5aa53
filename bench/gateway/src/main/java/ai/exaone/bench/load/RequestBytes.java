package ai.exaone.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** The bytes of a load's request: the same for all of it. */
final class RequestBytes {
    private static final String SENTENCE =
            "Ordinary words fill this prompt, some with \\\"quotes\\\" and a line's end.\\n";
    private static final int FRAME_BYTES = 160;
    private static final int LEAST_TEXT_BYTES = 16;
    private static final int MOST_TOKENS = 512;

    private RequestBytes() {}

    static ByteBuf of(Load load) {
        byte[] body = body(load).getBytes(StandardCharsets.US_ASCII);
        byte[] head = ("POST " + load.path() + " HTTP/1.1\r\nhost: "
                        + load.base().getAuthority()
                        + "\r\ncontent-type: application/json\r\naccept: */*\r\nuser-agent: exaone-bench\r\n"
                        + "authorization: Bearer " + load.key() + "\r\ncontent-length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return Unpooled.directBuffer(head.length + body.length)
                .writeBytes(head)
                .writeBytes(body)
                .asReadOnly();
    }

    static String body(Load load) {
        String text = text(Math.max(LEAST_TEXT_BYTES, load.bodyBytes() - FRAME_BYTES));
        return switch (load.expected()) {
            case Expected.Embedding embedding -> "{\"model\":\"%s\",\"input\":\"%s\"}".formatted(load.model(), text);
            case Expected.Completion completion -> chat(load.model(), "\"stream\":false", text);
            case Expected.Stream stream ->
                chat(load.model(), "\"stream\":true,\"stream_options\":{\"include_usage\":true}", text);
        };
    }

    private static String chat(String model, String stream, String text) {
        return "{\"model\":\"%s\",%s,\"max_tokens\":%d,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(model, stream, MOST_TOKENS, text);
    }

    /** Whole sentences, so that no escape is cut in two, and spaces for the rest. */
    private static String text(int bytes) {
        return SENTENCE.repeat(bytes / SENTENCE.length()) + " ".repeat(bytes % SENTENCE.length());
    }
}
