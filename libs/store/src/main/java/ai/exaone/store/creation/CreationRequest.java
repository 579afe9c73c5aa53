package ai.exaone.store.creation;

import ai.exaone.store.crypto.Sha256;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A request that makes something, as its caller names it: the same one again means the same resource again.
 *
 * @param tenantId the tenant that the request names; empty for the installation's own
 * @param rpc the name of the RPC's request message
 * @param requestId the caller's own id of the request, 1 to 64 characters
 * @param contentHash SHA-256 of the request without that id, in hexadecimal digits
 */
public record CreationRequest(String tenantId, String rpc, String requestId, String contentHash) {
    private static final String REQUEST_ID = "request_id";

    /**
     * What an RPC's request says of itself; empty where the caller gave it no id: then each is a new one.
     *
     * @param tenantId the tenant that the request names; empty for the installation's own
     * @param request a message with a field {@code request_id}
     */
    public static Optional<CreationRequest> of(String tenantId, Message request) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName(REQUEST_ID);
        String requestId = (String) request.getField(field);
        if (requestId.isEmpty()) {
            return Optional.empty();
        }
        Message content = request.toBuilder().clearField(field).build();
        String rpc = request.getDescriptorForType().getName();
        return Optional.of(new CreationRequest(tenantId, rpc, requestId, Sha256.hex(bytes(content))));
    }

    /** The entries of a map come in one order, whatever order they were put in. */
    private static byte[] bytes(Message content) {
        var bytes = new byte[content.getSerializedSize()];
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.useDeterministicSerialization();
        try {
            content.writeTo(output);
        } catch (IOException impossible) {
            throw new UncheckedIOException("An array takes what it has room for", impossible);
        }
        return bytes;
    }
}
