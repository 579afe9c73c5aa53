package ai.exaone.quota.request;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Request ids of creations as they come over the wire: in a field {@code request_id}. */
public final class RequestWire {
    private static final String REQUEST_ID = "request_id";

    private RequestWire() {}

    /**
     * The key of a creation.
     *
     * @param tenantId the tenant the request names; empty for the installation's own
     */
    public static RequestKey key(String tenantId, Message request) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName(REQUEST_ID);
        Message content = request.toBuilder().clearField(field).build();
        String rpc = request.getDescriptorForType().getName();
        return RequestKey.of(tenantId, rpc, (String) request.getField(field), bytes(content));
    }

    private static byte[] bytes(Message content) {
        var bytes = new ByteArrayOutputStream(content.getSerializedSize());
        try {
            CodedOutputStream output = CodedOutputStream.newInstance(bytes);
            output.useDeterministicSerialization();
            content.writeTo(output);
            output.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
