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

/** Reads from any request of a creation what makes it happen once. */
public final class RequestWire {
    private static final String REQUEST_ID = "request_id";

    private RequestWire() {}

    /**
     * The key of a creation; empty if the caller gave no request id.
     *
     * @param tenantId the tenant the request names; empty text for none
     * @param request a message with a field {@code request_id}
     */
    public static Optional<RequestKey> key(String tenantId, Message request) {
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
