package ai.exaone.identity.request;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * What makes a creation happen once: the same key again means the same request again.
 *
 * @param tenantId the tenant the request names; empty text for none
 * @param rpc the RPC's name
 * @param requestId the caller's own id of the request, 1 to 64 characters
 * @param contentHash SHA-256 of the request without that id. The array is not copied: nobody changes it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record RequestKey(String tenantId, String rpc, String requestId, byte[] contentHash) {
    private static final String REQUEST_ID = "request_id";

    /** The key of a creation; empty if the caller gave no request id. */
    public static Optional<RequestKey> of(String tenantId, Message request) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName(REQUEST_ID);
        String requestId = (String) request.getField(field);
        if (requestId.isEmpty()) {
            return Optional.empty();
        }
        Message content = request.toBuilder().clearField(field).build();
        String rpc = request.getDescriptorForType().getName();
        return Optional.of(new RequestKey(tenantId, rpc, requestId, hash(content)));
    }

    private static byte[] hash(Message content) {
        var bytes = new ByteArrayOutputStream(content.getSerializedSize());
        try {
            CodedOutputStream output = CodedOutputStream.newInstance(bytes);
            output.useDeterministicSerialization();
            content.writeTo(output);
            output.flush();
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
