package ai.exaone.cli.resource;

import ai.exaone.cli.CliException;
import ai.exaone.cli.output.EnumNames;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.List;

/** What somebody typed, as the value of a field in proto JSON. */
final class TypedValue {
    private TypedValue() {}

    /** The value for a body. Several for a list. */
    static Value json(FieldDescriptor field, List<String> typed) {
        if (field.isRepeated()) {
            Value.Builder list = Value.newBuilder();
            typed.forEach(text -> list.getListValueBuilder().addValues(single(field, text)));
            return list.build();
        }
        return single(field, typed.getLast());
    }

    /** The text for a path or a query. */
    static String text(FieldDescriptor field, String typed) {
        return field.getJavaType() == FieldDescriptor.JavaType.ENUM ? enumName(field, typed) : typed;
    }

    private static Value single(FieldDescriptor field, String typed) {
        Value.Builder value = Value.newBuilder();
        return switch (field.getJavaType()) {
            case BOOLEAN -> value.setBoolValue(truth(field, typed)).build();
            case ENUM -> value.setStringValue(enumName(field, typed)).build();
            case MESSAGE -> message(field, typed);
            case INT, LONG, FLOAT, DOUBLE, STRING, BYTE_STRING ->
                value.setStringValue(typed).build();
        };
    }

    private static boolean truth(FieldDescriptor field, String typed) {
        return switch (typed) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new CliException(Naming.option(field) + " takes true or false, not '" + typed + "'.");
        };
    }

    private static Value message(FieldDescriptor field, String typed) {
        if (field.getMessageType().getFullName().startsWith("google.protobuf.")) {
            return Value.newBuilder().setStringValue(typed).build();
        }
        Struct.Builder json = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(typed, json);
        } catch (InvalidProtocolBufferException noJson) {
            throw new CliException(Naming.option(field) + " takes a JSON object, such as '{\"replicas\":2}'.", noJson);
        }
        return Value.newBuilder().setStructValue(json).build();
    }

    private static String enumName(FieldDescriptor field, String typed) {
        return EnumNames.typed(field.getEnumType(), typed)
                .orElseThrow(() -> new CliException(
                        "'" + typed + "' is none of: " + String.join(", ", EnumNames.all(field.getEnumType()))))
                .getName();
    }
}
