package ai.exaone.gateway.management.transcode;

import ai.exaone.rpc.contract.PublicMethod;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.util.List;
import java.util.Random;

/** Requests of any RPC, filled at random with what proto JSON can say. */
final class RandomRequests {
    private static final String OWN_PACKAGE = "exaone.";
    private static final int DEEPEST = 4;
    private static final List<String> TEXTS = List.of(
            "a",
            "acme-2",
            "a b",
            "a+b",
            "100%",
            "한국",
            "\"quoted\"",
            "line\nbreak",
            "a/b",
            "{}",
            "null",
            "&=?#",
            "\u0001");

    private final Random random;

    RandomRequests(Random random) {
        this.random = random;
    }

    /** A request with its path filled, its body there, and a mask that names something. */
    DynamicMessage of(PublicMethod method) {
        DynamicMessage.Builder request = fill(method.descriptor().getInputType(), 0);
        for (String name : method.path().fields()) {
            request.setField(method.descriptor().getInputType().findFieldByName(name), pathText());
        }
        if (method.body() instanceof PublicMethod.Body.Field(FieldDescriptor body)) {
            if (!request.hasField(body)) {
                request.setField(body, fill(body.getMessageType(), 1).build());
            }
            FieldDescriptor mask = method.descriptor().getInputType().findFieldByName("update_mask");
            if (mask != null) {
                request.setField(mask, mask(body.getMessageType()));
            }
        }
        return request.build();
    }

    private DynamicMessage.Builder fill(Descriptor type, int depth) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            if (random.nextInt(3) > 0 && fits(field, depth)) {
                if (field.isRepeated()) {
                    for (int i = random.nextInt(3); i > 0; i--) {
                        message.addRepeatedField(field, value(field, depth));
                    }
                } else {
                    message.setField(field, value(field, depth));
                }
            }
        }
        return message;
    }

    private static boolean fits(FieldDescriptor field, int depth) {
        return !field.isMapField()
                && (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                        || depth < DEEPEST
                                && !field.getMessageType().getFullName().equals("google.protobuf.Struct")
                                && !field.getMessageType().getFullName().equals("google.protobuf.FieldMask"));
    }

    private Object value(FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case INT -> pick(List.of(1, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE));
            case LONG -> pick(List.of(1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 9_007_199_254_740_993L));
            case BOOLEAN -> random.nextBoolean();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case STRING -> pick(TEXTS);
            case BYTE_STRING -> ByteString.copyFromUtf8(pick(TEXTS));
            case ENUM -> pick(field.getEnumType().getValues());
            case MESSAGE -> message(field.getMessageType(), depth);
        };
    }

    private Message message(Descriptor type, int depth) {
        return switch (type.getFullName()) {
            case "google.protobuf.Timestamp" -> Timestamps.fromMicros(random.nextLong(4_000_000_000_000_000L));
            case "google.protobuf.Duration" -> Durations.fromMillis(random.nextLong(1_000_000_000L));
            default -> {
                if (!type.getFullName().startsWith(OWN_PACKAGE)) {
                    throw new IllegalStateException("Teach this test to make a " + type.getFullName());
                }
                yield fill(type, depth + 1).build();
            }
        };
    }

    private FieldMask mask(Descriptor resource) {
        return FieldMask.newBuilder()
                .addPaths(pick(resource.getFields()).getName())
                .build();
    }

    /** No colon, which begins a verb. */
    private String pathText() {
        return pick(List.of("tnt_1", "a b", "a+b", "100%", "한국", "a/b", "..", "a;b", "?#"));
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
