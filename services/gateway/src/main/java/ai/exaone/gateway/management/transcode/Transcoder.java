package ai.exaone.gateway.management.transcode;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.edge.Problem;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.rpc.contract.PublicMethod;
import com.google.api.HttpBody;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.stub.ClientCalls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** Calls RPCs for HTTP requests and gives their answers as JSON, all fields printed, or the files that they are. Thread-safe. */
public final class Transcoder implements AutoCloseable {
    private static final String JSON = "application/json";
    /** How long a stream may be silent before its client is told that it is open. */
    private static final Duration LONGEST_OPENING = Duration.ofSeconds(1);

    private final Backends backends;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("event-comments").factory());
    private final Duration commentInterval;
    private final JsonFormat.Printer printer =
            JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

    /**
     * @param commentInterval how often a stream says that it is still there
     */
    public Transcoder(Backends backends, Duration commentInterval) {
        this.backends = backends;
        this.commentInterval = commentInterval;
    }

    /**
     * What a unary RPC answered.
     *
     * @param contentType its media type
     * @param file whether it is a file of that type rather than a message
     */
    public record Answer(String contentType, boolean file, byte[] body) {}

    /** Whether an RPC answers with a file of its own media type, and not with a message. */
    public static boolean isFile(Descriptor answer) {
        return answer.getFullName().equals(HttpBody.getDescriptor().getFullName());
    }

    /**
     * Calls a unary RPC.
     *
     * @param token the caller's internal token
     * @throws PlatformException what the service answered
     */
    public Answer call(PublicMethod method, DynamicMessage request, String token) {
        DynamicMessage answer = RpcErrors.call(() -> ClientCalls.blockingUnaryCall(
                backends.call(method, channel -> RpcChannels.asCaller(channel, token)), request));
        return isFile(answer.getDescriptorForType())
                ? file(answer)
                : new Answer(JSON, false, json(answer).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Opens a server stream.
     *
     * @param problems a failure after the stream has begun, in the form in which this request's caller is told
     * @throws PlatformException when the service refuses it at once
     */
    public EventStream open(
            PublicMethod method, DynamicMessage request, String token, Function<PlatformException, Problem> problems) {
        EventStream stream = new EventStream(
                backends.call(method, channel -> RpcChannels.asCaller(channel, token)), this::json, problems);
        stream.start(request, timer, commentInterval);
        stream.awaitOpening(LONGEST_OPENING);
        return stream;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static Answer file(DynamicMessage answer) {
        try {
            HttpBody file = HttpBody.parseFrom(answer.toByteString());
            return new Answer(file.getContentType(), true, file.getData().toByteArray());
        } catch (InvalidProtocolBufferException unreadable) {
            throw PlatformException.internal(unreadable);
        }
    }

    private String json(DynamicMessage message) {
        try {
            return printer.print(message);
        } catch (InvalidProtocolBufferException unprintable) {
            throw PlatformException.internal(unprintable);
        }
    }
}
