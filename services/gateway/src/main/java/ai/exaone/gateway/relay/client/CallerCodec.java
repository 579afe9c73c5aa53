package ai.exaone.gateway.relay.client;

import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the place of the server's HTTP codec. Answers of exchanges go past it as bytes; those of the server's own handler are written
 * by Netty's encoder, which has to know what was asked for each of them.
 */
final class CallerCodec extends CombinedChannelDuplexHandler<CallerDecoder, HttpResponseEncoder> {
    /** Methods of the requests that went on to the server's own handler and are not answered. */
    private final Queue<HttpMethod> asked = new ArrayDeque<>(0);

    /**
     * @param config of Netty's decoder
     * @param takes whether a request line's target is ours
     */
    CallerCodec(HttpDecoderConfig config, Predicate<String> takes) {
        init(new CallerDecoder(config, new PlainHeadReader(takes)), new Encoder());
    }

    /** A request goes on to the server's own handler. */
    void passes(HttpMethod method) {
        asked.add(method);
    }

    /** Whether nothing of a request is here that is not whole. */
    boolean isBetweenRequests() {
        return inboundHandler().isBetweenRequests();
    }

    private final class Encoder extends HttpResponseEncoder {
        @Override
        protected boolean isContentAlwaysEmpty(HttpResponse answer) {
            boolean informing = answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            @Nullable HttpMethod method = informing ? null : asked.poll();
            return HttpMethod.HEAD.equals(method) || super.isContentAlwaysEmpty(answer);
        }
    }
}
