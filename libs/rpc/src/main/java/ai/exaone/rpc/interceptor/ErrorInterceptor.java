package ai.exaone.rpc.interceptor;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.rpc.RpcHeaders;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what an endpoint throws, or passes to {@code onError}, into a wire status. Only the text of a {@link PlatformException}
 * leaves; everything else becomes INTERNAL and is logged under the request's id.
 */
final class ErrorInterceptor implements ServerInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorInterceptor.class);

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String requestId = requestId(headers);
        ClosingCall<Q, R> closing = new ClosingCall<>(call, requestId);
        try {
            return new ClosingListener<>(next.startCall(closing, headers), closing);
        } catch (RuntimeException failure) {
            closing.fail(failure);
            return new ServerCall.Listener<>() {};
        }
    }

    private static String requestId(Metadata headers) {
        String sent = headers.get(RpcHeaders.REQUEST_ID);
        return sent == null ? "" : sent;
    }

    private static PlatformException platformException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PlatformException known) {
                return known;
            }
            if (cause instanceof StatusRuntimeException) {
                return RpcErrors.received(cause);
            }
        }
        return PlatformException.internal(failure);
    }

    /** Closes with the status of a failure, once. */
    private static final class ClosingCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
        private final String requestId;
        private boolean closed;

        ClosingCall(ServerCall<Q, R> call, String requestId) {
            super(call);
            this.requestId = requestId;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (closed) {
                return;
            }
            Throwable cause = status.getCause();
            if (status.isOk() || (cause == null && status.getCode() != Status.Code.UNKNOWN)) {
                closed = true;
                super.close(status, trailers);
            } else {
                fail(cause == null ? status.asRuntimeException() : cause);
            }
        }

        void fail(Throwable failure) {
            if (closed) {
                return;
            }
            closed = true;
            PlatformException known = platformException(failure);
            if (known.category() == ErrorCategory.INTERNAL) {
                LOG.error("{} failed (request {})", getMethodDescriptor().getFullMethodName(), requestId, failure);
            }
            StatusRuntimeException sent = RpcErrors.sent(known, requestId);
            Metadata trailers = sent.getTrailers();
            super.close(sent.getStatus(), trailers == null ? new Metadata() : trailers);
        }
    }

    private static final class ClosingListener<Q, R> extends SimpleForwardingServerCallListener<Q> {
        private final ClosingCall<Q, R> call;

        ClosingListener(ServerCall.Listener<Q> delegate, ClosingCall<Q, R> call) {
            super(delegate);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            guard(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            guard(super::onHalfClose);
        }

        @Override
        public void onReady() {
            guard(super::onReady);
        }

        private void guard(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException failure) {
                call.fail(failure);
            }
        }
    }
}
