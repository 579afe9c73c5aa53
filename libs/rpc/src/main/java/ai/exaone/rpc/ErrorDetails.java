package ai.exaone.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import org.jspecify.annotations.Nullable;

/** The details of a received status that the platform sends and understands; each null where the status has none. */
record ErrorDetails(
        @Nullable ErrorInfo info,
        @Nullable RetryInfo retryInfo,
        @Nullable BadRequest badRequest) {

    static ErrorDetails of(@Nullable Status status) {
        if (status == null) {
            return new ErrorDetails(null, null, null);
        }
        ErrorInfo info = find(status, ErrorInfo.class);
        boolean ours = info != null && info.getDomain().equals(RpcErrors.DOMAIN);
        return new ErrorDetails(ours ? info : null, find(status, RetryInfo.class), find(status, BadRequest.class));
    }

    private static <T extends Message> @Nullable T find(Status status, Class<T> type) {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(type)) {
                try {
                    return detail.unpack(type);
                } catch (InvalidProtocolBufferException malformed) {
                    // A detail nobody can read says nothing; the status itself still does.
                    return null;
                }
            }
        }
        return null;
    }
}
