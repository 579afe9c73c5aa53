package ai.exaone.gateway.management.transcode;

import ai.exaone.gateway.edge.Problem;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages of a stream as server-sent events. */
final class EventText {
    private static final String SEQUENCE_FIELD = "sequence";
    private static final byte[] COMMENT = bytes(": still here\n\n");

    private EventText() {}

    /** The case of the message's oneof as the event's name, its sequence as the id, itself as the data. */
    static byte[] of(DynamicMessage message, String json) {
        StringBuilder text = new StringBuilder();
        Descriptor type = message.getDescriptorForType();
        List<OneofDescriptor> cases = type.getRealOneofs();
        if (!cases.isEmpty() && message.hasOneof(cases.getFirst())) {
            FieldDescriptor field = message.getOneofFieldDescriptor(cases.getFirst());
            text.append("event: ").append(field.getJsonName()).append('\n');
        }
        FieldDescriptor sequence = type.findFieldByName(SEQUENCE_FIELD);
        if (sequence != null) {
            text.append("id: ").append(message.getField(sequence)).append('\n');
        }
        return bytes(text.append("data: ").append(json).append("\n\n").toString());
    }

    /** The last event of a stream that failed. */
    static byte[] of(Problem problem) {
        return bytes("event: error\ndata: " + new String(problem.json(), StandardCharsets.UTF_8) + "\n\n");
    }

    /** What keeps a silent stream from being taken for a dead one. */
    static byte[] comment() {
        return COMMENT.clone();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
