package ai.exaone.gateway.management.openapi;

import ai.exaone.rpc.contract.Comments;
import build.buf.validate.ValidateProto;
import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Messages and enums as JSON Schema in the form of proto JSON: names in lowerCamelCase, 64-bit numbers as texts, times as RFC 3339.
 * Every message that is asked for, and what it names, becomes a component.
 */
final class Schemas {
    private static final String OWN_PACKAGE = "exaone.";

    private final Comments comments;
    private final Set<Descriptor> sent;
    private final Map<String, Schema<?>> components = new TreeMap<>();

    /**
     * @param sent the messages that callers send: of the others, everything is always there
     */
    Schemas(Comments comments, Set<Descriptor> sent) {
        this.comments = comments;
        this.sent = sent;
    }

    Map<String, Schema<?>> components() {
        return components;
    }

    /** A reference to a message's component. */
    Schema<Object> reference(Descriptor message) {
        String name = name(message);
        if (!components.containsKey(name)) {
            components.put(name, new Schema<>());
            components.put(name, message(message, field -> true));
        }
        return referenceTo(name);
    }

    /** A message without some of its fields, in place. */
    Schema<Object> message(Descriptor message, Predicate<FieldDescriptor> included) {
        Schema<Object> schema = typed("object");
        describe(schema, message);
        Set<String> required = new LinkedHashSet<>();
        for (FieldDescriptor field : message.getFields()) {
            if (included.test(field)) {
                schema.addProperty(field.getJsonName(), field(field));
                if (required(field, message)) {
                    required.add(field.getJsonName());
                }
            }
        }
        schema.setAdditionalProperties(false);
        if (!required.isEmpty()) {
            schema.setRequired(List.copyOf(required));
        }
        return schema;
    }

    /** One field's value. */
    Schema<Object> field(FieldDescriptor field) {
        Schema<Object> schema = field.isMapField() ? map(field) : field.isRepeated() ? list(field) : single(field);
        describe(schema, field);
        List<FieldBehavior> behaviours = field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior);
        if (behaviours.contains(FieldBehavior.OUTPUT_ONLY)) {
            schema.setReadOnly(true);
        }
        if (behaviours.contains(FieldBehavior.INPUT_ONLY)) {
            schema.setWriteOnly(true);
        }
        Constraints.apply(field.getOptions().getExtension(ValidateProto.field), schema);
        return schema;
    }

    private Schema<Object> list(FieldDescriptor field) {
        Schema<Object> schema = typed("array");
        schema.setItems(single(field));
        return schema;
    }

    private Schema<Object> map(FieldDescriptor field) {
        Schema<Object> schema = typed("object");
        schema.setAdditionalProperties(single(field.getMessageType().findFieldByName("value")));
        return schema;
    }

    private Schema<Object> single(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> formatted("integer", "int32");
            case LONG -> formatted("string", "int64");
            case FLOAT -> formatted("number", "float");
            case DOUBLE -> formatted("number", "double");
            case BOOLEAN -> typed("boolean");
            case STRING -> typed("string");
            case BYTE_STRING -> formatted("string", "byte");
            case ENUM -> reference(field.getEnumType());
            case MESSAGE -> nested(field.getMessageType());
        };
    }

    private Schema<Object> nested(Descriptor message) {
        return switch (message.getFullName()) {
            case "google.protobuf.Timestamp" -> formatted("string", "date-time");
            case "google.protobuf.Duration", "google.protobuf.FieldMask" -> typed("string");
            case "google.protobuf.Struct" -> typed("object");
            default -> reference(message);
        };
    }

    private Schema<Object> reference(EnumDescriptor type) {
        String name = name(type);
        if (!components.containsKey(name)) {
            Schema<Object> schema = typed("string");
            for (EnumValueDescriptor value : type.getValues()) {
                schema.addEnumItemObject(value.getName());
            }
            describe(schema, type);
            components.put(name, schema);
        }
        return referenceTo(name);
    }

    /** What a caller must send, and what an answer always has: proto JSON prints every field but absent messages. */
    private boolean required(FieldDescriptor field, Descriptor message) {
        List<FieldBehavior> behaviours = field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior);
        boolean always = field.isRepeated()
                || (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE && field.getContainingOneof() == null);
        if (sent.contains(message)) {
            return behaviours.contains(FieldBehavior.REQUIRED)
                    || (always && behaviours.contains(FieldBehavior.OUTPUT_ONLY));
        }
        return always;
    }

    private void describe(Schema<Object> schema, GenericDescriptor thing) {
        String comment = comments.of(thing);
        if (!comment.isEmpty()) {
            schema.setDescription(comment);
        }
    }

    private static Schema<Object> referenceTo(String name) {
        Schema<Object> schema = new Schema<>();
        schema.set$ref("#/components/schemas/" + name);
        return schema;
    }

    private static String name(GenericDescriptor thing) {
        return thing.getFullName().substring(OWN_PACKAGE.length());
    }

    private static Schema<Object> formatted(String type, String format) {
        Schema<Object> schema = typed(type);
        schema.setFormat(format);
        return schema;
    }

    static Schema<Object> typed(String type) {
        Schema<Object> schema = new Schema<>();
        schema.addType(type);
        return schema;
    }
}
