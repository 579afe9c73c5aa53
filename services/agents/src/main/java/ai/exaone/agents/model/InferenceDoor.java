package ai.exaone.agents.model;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.inference.internal.v1.InferRequest;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.InferenceServiceGrpc;
import ai.exaone.proto.inference.internal.v1.RequestHead;
import ai.exaone.proto.inference.internal.v1.ResponseHead;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcErrors;
import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The gateway's inference door: one HTTP-shaped exchange a call. Thread-safe. */
public final class InferenceDoor {
    private static final int FRAME = 64 * 1024;

    private final Channel gateway;

    public InferenceDoor(Channel gateway) {
        this.gateway = gateway;
    }

    /**
     * Who asks, and under which conditions.
     *
     * @param token the run's internal token
     * @param requestId under which the call is metered
     * @param depth how many agents are between the outer caller and this call
     * @param timeout longest time until the answer has ended
     */
    public record Terms(String token, String requestId, int depth, Duration timeout) {
        @Override
        public String toString() {
            return "Terms[requestId=" + requestId + ", depth=" + depth + ", timeout=" + timeout + "]";
        }
    }

    /**
     * Sends a request and waits for the answer's head.
     *
     * @param cancellation is told how to cancel the call, before anything is waited for
     * @throws PlatformException what the gateway refused it for, why it cannot be reached, or CANCELLED
     */
    Exchange open(Terms terms, String path, byte[] body, Consumer<Runnable> cancellation) {
        BlockingClientCall<InferRequest, InferResponse> call = InferenceServiceGrpc.newBlockingV2Stub(
                        RpcChannels.asCaller(gateway, terms.token()))
                .withDeadlineAfter(Math.max(1, terms.timeout().toMillis()), TimeUnit.MILLISECONDS)
                .infer();
        var cancelled = new AtomicBoolean();
        cancellation.accept(() -> {
            cancelled.set(true);
            call.cancel("The caller is done", null);
        });
        try {
            call.write(InferRequest.newBuilder()
                    .setHead(RequestHead.newBuilder()
                            .setPath(path)
                            .setRequestId(terms.requestId())
                            .setDepth(terms.depth()))
                    .build());
            for (int start = 0; start < body.length; start += FRAME) {
                call.write(InferRequest.newBuilder()
                        .setBody(ByteString.copyFrom(body, start, Math.min(FRAME, body.length - start)))
                        .build());
            }
            call.halfClose();
            InferResponse first = call.read();
            if (first == null || !first.hasHead()) {
                throw new PlatformException(ModelError.MODEL_ANSWER_INVALID, "The gateway answered without a head.");
            }
            return new Exchange(call, first.getHead());
        } catch (StatusException failure) {
            throw RpcErrors.received(failure);
        } catch (IllegalStateException notWritable) {
            // Cancelled between two writes, or before the first.
            if (cancelled.get()) {
                throw new PlatformException(PlatformError.CANCELLED, "The call was cancelled.");
            }
            throw notWritable;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            call.cancel("interrupted", interrupted);
            throw new PlatformException(
                    ModelError.MODEL_ANSWER_INTERRUPTED, "The platform stopped waiting for the model.");
        }
    }

    /** An answer that is arriving. */
    static final class Exchange implements AutoCloseable {
        private final BlockingClientCall<InferRequest, InferResponse> call;
        private final ResponseHead head;

        private Exchange(BlockingClientCall<InferRequest, InferResponse> call, ResponseHead head) {
            this.call = call;
            this.head = head;
        }

        ResponseHead head() {
            return head;
        }

        /** The body's bytes as they come. Its failures are IOExceptions with the gRPC status as cause. */
        InputStream body() {
            return new Body(call);
        }

        /** Ends the exchange; a generation under way is cancelled. From any thread. */
        @Override
        public void close() {
            call.cancel("The caller is done", null);
        }
    }

    private static final class Body extends InputStream {
        private final BlockingClientCall<InferRequest, InferResponse> call;
        private ByteString frame = ByteString.EMPTY;
        private int position;
        private boolean ended;

        Body(BlockingClientCall<InferRequest, InferResponse> call) {
            this.call = call;
        }

        @Override
        public int read() throws IOException {
            return fill() ? frame.byteAt(position++) & 0xff : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, frame.size() - position);
            frame.copyTo(buffer, position, offset, count);
            position += count;
            return count;
        }

        private boolean fill() throws IOException {
            while (!ended && position == frame.size()) {
                try {
                    InferResponse next = call.read();
                    ended = next == null;
                    frame = next == null ? ByteString.EMPTY : next.getBody();
                    position = 0;
                } catch (StatusException failure) {
                    throw new IOException("The exchange broke off", failure);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("The exchange was interrupted");
                }
            }
            return position < frame.size();
        }
    }
}
