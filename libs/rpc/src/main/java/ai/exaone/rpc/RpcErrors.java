package ai.exaone.rpc;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.FieldViolation;
import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.errors.ReceivedReason;
import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.function.Supplier;

/** How a {@link PlatformException} crosses the wire: as {@code google.rpc.Status} with ErrorInfo, and back. */
public final class RpcErrors {
    /** The domain of our {@code google.rpc.ErrorInfo}. */
    public static final String DOMAIN = "exaone.ai";

    private RpcErrors() {}

    /** Makes a call and turns its failure into a {@link PlatformException} that keeps reason, message and details. */
    public static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException failure) {
            throw received(failure);
        }
    }

    /** The failure that another service sent, or that kept its answer from arriving. */
    public static PlatformException received(Throwable failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        ErrorCategory category = ErrorCategory.ofGrpcCode(
                status == null ? Status.fromThrowable(failure).getCode().value() : status.getCode());
        ErrorDetails details = ErrorDetails.of(status);
        PlatformException.Builder builder = PlatformException.because(
                reason(category, details), details.info() == null ? sentence(category) : message(status, category));
        builder.cause(failure);
        if (details.info() != null) {
            builder.metadata(details.info().getMetadataMap());
        }
        if (details.retryInfo() != null) {
            builder.retryAfter(duration(details.retryInfo()));
        }
        if (details.badRequest() != null) {
            for (BadRequest.FieldViolation violation : details.badRequest().getFieldViolationsList()) {
                builder.violation(violation.getField(), violation.getDescription());
            }
        }
        return builder.build();
    }

    /** The wire form of a failure. Nothing of its cause is in it. */
    public static StatusRuntimeException sent(PlatformException failure, String requestId) {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(failure.category().grpcCode())
                .setMessage(failure.publicMessage())
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(failure.reason().name())
                        .setDomain(DOMAIN)
                        .putAllMetadata(failure.metadata())
                        .build()));
        if (!failure.violations().isEmpty()) {
            status.addDetails(Any.pack(badRequest(failure)));
        }
        failure.retryAfter().ifPresent(delay -> status.addDetails(Any.pack(retryInfo(delay))));
        if (!requestId.isEmpty()) {
            status.addDetails(
                    Any.pack(RequestInfo.newBuilder().setRequestId(requestId).build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    private static ErrorReason reason(ErrorCategory category, ErrorDetails details) {
        ErrorInfo info = details.info();
        if (info != null) {
            return new ReceivedReason(info.getReason(), category, category.retryable() || details.retryInfo() != null);
        }
        return switch (category) {
            case CANCELLED -> PlatformError.CANCELLED;
            case DEADLINE_EXCEEDED -> PlatformError.DEADLINE_EXCEEDED;
            case INVALID_ARGUMENT, FAILED_PRECONDITION -> PlatformError.INVALID_REQUEST;
            case NOT_FOUND -> RpcError.RESOURCE_NOT_FOUND;
            case PERMISSION_DENIED -> RpcError.PERMISSION_DENIED;
            case UNAUTHENTICATED -> RpcError.UNAUTHENTICATED;
            case UNIMPLEMENTED -> RpcError.METHOD_NOT_FOUND;
            case UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED -> RpcError.SERVICE_UNAVAILABLE;
            case ALREADY_EXISTS, INTERNAL -> PlatformError.INTERNAL;
        };
    }

    private static String message(com.google.rpc.Status status, ErrorCategory category) {
        return status.getMessage().isBlank() ? sentence(category) : status.getMessage();
    }

    private static String sentence(ErrorCategory category) {
        return switch (category) {
            case CANCELLED -> "The call was cancelled.";
            case DEADLINE_EXCEEDED -> "A part of the platform did not answer in time.";
            case UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED -> "A part of the platform cannot be reached just now.";
            case UNIMPLEMENTED -> "This platform does not do that.";
            case NOT_FOUND -> "There is no such resource.";
            case PERMISSION_DENIED -> "The caller may not do this.";
            case UNAUTHENTICATED -> "The caller is not known.";
            case INVALID_ARGUMENT, FAILED_PRECONDITION -> "The request is not right.";
            case ALREADY_EXISTS, INTERNAL -> "The platform failed to answer.";
        };
    }

    private static BadRequest badRequest(PlatformException failure) {
        BadRequest.Builder badRequest = BadRequest.newBuilder();
        for (FieldViolation violation : failure.violations()) {
            badRequest.addFieldViolations(BadRequest.FieldViolation.newBuilder()
                    .setField(violation.field())
                    .setDescription(violation.description()));
        }
        return badRequest.build();
    }

    private static RetryInfo retryInfo(Duration delay) {
        return RetryInfo.newBuilder()
                .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(delay.getSeconds())
                        .setNanos(delay.getNano()))
                .build();
    }

    private static Duration duration(RetryInfo info) {
        Duration delay = Duration.ofSeconds(
                info.getRetryDelay().getSeconds(), info.getRetryDelay().getNanos());
        return delay.isNegative() ? Duration.ZERO : delay;
    }
}
