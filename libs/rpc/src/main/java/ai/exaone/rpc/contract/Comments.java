package ai.exaone.rpc.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the protos say in words about each thing, found by the paths of {@code google.protobuf.SourceCodeInfo}. */
public final class Comments {
    private final Map<String, Map<List<Integer>, String>> byFile = new HashMap<>();

    Comments() {}

    void read(FileDescriptor file) {
        byFile.put(
                file.getName(),
                file.toProto().getSourceCodeInfo().getLocationList().stream()
                        .filter(Location::hasLeadingComments)
                        .collect(Collectors.toMap(
                                Location::getPathList, location -> text(location.getLeadingComments()), (a, b) -> a)));
    }

    /** The comment above a thing, as one paragraph; empty text when there is none. */
    public String of(GenericDescriptor thing) {
        return byFile.getOrDefault(thing.getFile().getName(), Map.of()).getOrDefault(path(thing), "");
    }

    private static String text(String comment) {
        return comment.lines()
                .map(String::strip)
                .collect(Collectors.joining(" "))
                .strip();
    }

    private static List<Integer> path(GenericDescriptor thing) {
        return switch (thing) {
            case Descriptor message ->
                message.getContainingType() == null
                        ? List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, message.getIndex())
                        : below(
                                message.getContainingType(),
                                DescriptorProto.NESTED_TYPE_FIELD_NUMBER,
                                message.getIndex());
            case FieldDescriptor field ->
                below(field.getContainingType(), DescriptorProto.FIELD_FIELD_NUMBER, field.getIndex());
            case EnumDescriptor type ->
                type.getContainingType() == null
                        ? List.of(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, type.getIndex())
                        : below(type.getContainingType(), DescriptorProto.ENUM_TYPE_FIELD_NUMBER, type.getIndex());
            case EnumValueDescriptor value ->
                below(value.getType(), EnumDescriptorProto.VALUE_FIELD_NUMBER, value.getIndex());
            case ServiceDescriptor service -> List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, service.getIndex());
            case MethodDescriptor method ->
                below(method.getService(), ServiceDescriptorProto.METHOD_FIELD_NUMBER, method.getIndex());
            default -> List.of();
        };
    }

    private static List<Integer> below(GenericDescriptor parent, int field, int index) {
        List<Integer> path = new ArrayList<>(path(parent));
        path.add(field);
        path.add(index);
        return path;
    }
}
