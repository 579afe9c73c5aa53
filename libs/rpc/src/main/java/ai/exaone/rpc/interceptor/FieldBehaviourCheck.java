package ai.exaone.rpc.interceptor;

import ai.exaone.errors.FieldViolation;
import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * What one request does against `google.api.field_behavior` (AIP-203) and its update mask (AIP-134). In an update, REQUIRED asks
 * nothing of the resource, whose unnamed fields stay as they are.
 */
final class FieldBehaviourCheck {
    private static final String MASK_FIELD = "update_mask";
    private static final String OWN_PACKAGE = "exaone.";

    private final Message request;
    private final boolean update;
    private final List<FieldViolation> violations = new ArrayList<>();

    FieldBehaviourCheck(Message request) {
        this.request = request;
        this.update = request.getDescriptorForType().findFieldByName(MASK_FIELD) != null;
    }

    List<FieldViolation> violations() {
        for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
            checkRequired(field, request, "", false);
            descend(field, request, "", update);
        }
        if (update) {
            checkMask();
        }
        return violations;
    }

    private void walk(Message message, String prefix, boolean updated) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            String path = prefix + field.getName();
            if (present(field, message)) {
                if (has(field, FieldBehavior.OUTPUT_ONLY)) {
                    violations.add(new FieldViolation(path, "is set by the platform and cannot be sent"));
                } else if (updated && has(field, FieldBehavior.IMMUTABLE)) {
                    violations.add(new FieldViolation(path, "cannot be changed after creation"));
                }
            }
            checkRequired(field, message, prefix, updated);
            descend(field, message, prefix, updated);
        }
    }

    private void descend(FieldDescriptor field, Message message, String prefix, boolean updated) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                || field.isMapField()
                || !field.getMessageType().getFullName().startsWith(OWN_PACKAGE)
                || has(field, FieldBehavior.OUTPUT_ONLY)) {
            return;
        }
        String path = prefix + field.getName();
        if (!field.isRepeated()) {
            if (message.hasField(field)) {
                walk((Message) message.getField(field), path + ".", updated);
            }
            return;
        }
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            walk((Message) message.getRepeatedField(field, i), path + "[" + i + "].", updated);
        }
    }

    private void checkRequired(FieldDescriptor field, Message message, String prefix, boolean updated) {
        if (!updated && has(field, FieldBehavior.REQUIRED) && missing(field, message)) {
            violations.add(new FieldViolation(prefix + field.getName(), "is required"));
        }
    }

    private void checkMask() {
        Descriptor type = request.getDescriptorForType();
        FieldMask mask = (FieldMask) request.getField(type.findFieldByName(MASK_FIELD));
        Descriptor resource = resource(type);
        if (mask.getPathsCount() == 0) {
            violations.add(new FieldViolation(MASK_FIELD, "names at least one field to change"));
        }
        for (String path : mask.getPathsList()) {
            FieldDescriptor field = resource.findFieldByName(path);
            if (field == null) {
                violations.add(new FieldViolation(MASK_FIELD, "names '" + path + "', which is no field"));
            } else if (has(field, FieldBehavior.OUTPUT_ONLY)) {
                violations.add(new FieldViolation(MASK_FIELD, "names '" + path + "', which is set by the platform"));
            } else if (has(field, FieldBehavior.IMMUTABLE)) {
                violations.add(new FieldViolation(MASK_FIELD, "names '" + path + "', which cannot be changed"));
            }
        }
    }

    /** The message that an update changes: the one field of ours in the request. */
    private static Descriptor resource(Descriptor requestType) {
        for (FieldDescriptor field : requestType.getFields()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && field.getMessageType().getFullName().startsWith(OWN_PACKAGE)) {
                return field.getMessageType();
            }
        }
        throw new IllegalStateException(requestType.getFullName() + " has an update mask and no resource");
    }

    private static boolean present(FieldDescriptor field, Message message) {
        return field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
    }

    /** Numbers and flags cannot be told from their zero, which is a value like any other. */
    private static boolean missing(FieldDescriptor field, Message message) {
        return switch (field.getJavaType()) {
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN -> false;
            case STRING, BYTE_STRING, ENUM, MESSAGE -> !present(field, message);
        };
    }

    private static boolean has(FieldDescriptor field, FieldBehavior behaviour) {
        return field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior).contains(behaviour);
    }
}
