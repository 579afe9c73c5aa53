package ai.exaone.gateway.fakes;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What decoders of HTTP make of bytes, so that one can be compared to another. */
public final class Decoded {
    private Decoded() {}

    /** Lets a channel read a text, cut at some places. */
    public static void feed(EmbeddedChannel channel, String text, int... cuts) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int from = 0;
        for (int cut : cuts) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, from, cut - from));
            from = cut;
        }
        channel.writeInbound(Unpooled.copiedBuffer(bytes, from, bytes.length - from));
    }

    /** What it has read, in order; to be released. */
    public static List<Object> taken(EmbeddedChannel channel) {
        List<Object> messages = new ArrayList<>();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            messages.add(next);
        }
        return messages;
    }

    /**
     * What was read, without how it was cut into pieces. Releases it.
     *
     * @param head says what a message is that is a head; empty of others
     */
    public static List<String> described(List<Object> messages, Function<Object, Optional<String>> head) {
        List<String> described = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Object message : messages) {
            if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
                described.add(body + " malformed");
                body.reset();
            } else {
                head.apply(message).ifPresent(described::add);
            }
            if (message instanceof HttpContent content) {
                content.content().forEachByte(next -> {
                    body.write(next);
                    return true;
                });
            }
            if (message instanceof LastHttpContent) {
                described.add(body + " whole");
                body.reset();
            }
            ReferenceCountUtil.release(message);
        }
        described.add(body + " open");
        return described;
    }
}
