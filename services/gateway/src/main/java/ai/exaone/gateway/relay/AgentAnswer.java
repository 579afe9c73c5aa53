package ai.exaone.gateway.relay;

import ai.exaone.proto.inference.internal.v1.InferRequest;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.ResponseHead;
import com.google.protobuf.ByteString;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** An agent's answer. */
final class AgentAnswer implements UpstreamAnswer {
    private final BlockingClientCall<InferRequest, InferResponse> call;
    private final ResponseHead head;
    private ByteString rest = ByteString.EMPTY;
    private boolean atEnd;

    AgentAnswer(BlockingClientCall<InferRequest, InferResponse> call, ResponseHead head) {
        this.call = call;
        this.head = head;
    }

    @Override
    public int status() {
        return head.getStatus();
    }

    @Override
    public String mediaType() {
        return head.getHeadersOrDefault("content-type", "")
                .split(";", 2)[0]
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Duration> retryAfter() {
        String seconds = head.getHeadersOrDefault("retry-after", "");
        return seconds.matches("[0-9]{1,5}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
                : Optional.empty();
    }

    @Override
    public int read(byte[] buffer) throws UpstreamException {
        while (rest.isEmpty() && !atEnd) {
            readMessage();
        }
        if (rest.isEmpty()) {
            return -1;
        }
        int count = Math.min(buffer.length, rest.size());
        rest.copyTo(buffer, 0, 0, count);
        rest = rest.substring(count);
        return count;
    }

    private void readMessage() throws UpstreamException {
        try {
            InferResponse next = call.read();
            atEnd = next == null;
            rest = next == null ? ByteString.EMPTY : next.getBody();
        } catch (StatusException failure) {
            throw AgentUpstream.translate(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(UpstreamException.Kind.BROKEN, stopped);
        }
    }

    @Override
    public void close() {
        if (!atEnd) {
            call.cancel("The answer is not wanted any more", null);
        }
    }
}
