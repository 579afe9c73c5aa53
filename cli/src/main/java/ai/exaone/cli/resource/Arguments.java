package ai.exaone.cli.resource;

import ai.exaone.rpc.contract.PathTemplate;
import ai.exaone.rpc.contract.PublicMethod;
import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the command of an RPC is told. */
final class Arguments {
    /** Filled by the command itself: pages are followed, masks made from what is given, ids of requests made up. */
    private static final Set<String> OWN = Set.of("page_size", "page_token", "update_mask", "request_id");

    private Arguments() {}

    static List<Argument> of(PublicMethod method) {
        List<Argument> arguments = new ArrayList<>();
        Descriptor request = method.descriptor().getInputType();
        List<PathTemplate.Segment> segments = method.path().segments();
        for (String name : method.path().fields()) {
            boolean last = segments.getLast().equals(new PathTemplate.Segment.Variable(name));
            arguments.add(
                    new Argument(request.findFieldByName(name), last ? Argument.Place.TARGET : Argument.Place.PARENT));
        }
        method.queryFields().stream()
                .filter(field -> !OWN.contains(field.getName()))
                .forEach(field -> arguments.add(new Argument(field, Argument.Place.QUERY)));
        body(method)
                .forEach(field -> arguments.add(
                        new Argument(field, isSecret(field) ? Argument.Place.SECRET : Argument.Place.BODY)));
        return arguments;
    }

    private static Stream<FieldDescriptor> body(PublicMethod method) {
        return switch (method.body()) {
            case PublicMethod.Body.None() -> Stream.empty();
            case PublicMethod.Body.Whole() ->
                method.descriptor().getInputType().getFields().stream()
                        .filter(field -> !method.path().fields().contains(field.getName()))
                        .filter(field -> !OWN.contains(field.getName()));
            case PublicMethod.Body.Field(FieldDescriptor field) -> {
                boolean update = method.descriptor().getInputType().findFieldByName("update_mask") != null;
                yield field.getMessageType().getFields().stream().filter(each -> writable(each, update));
            }
        };
    }

    private static boolean writable(FieldDescriptor field, boolean update) {
        List<FieldBehavior> behaviours = field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior);
        return !behaviours.contains(FieldBehavior.OUTPUT_ONLY)
                && !(update && behaviours.contains(FieldBehavior.IMMUTABLE));
    }

    private static boolean isSecret(FieldDescriptor field) {
        return field.getOptions().getDebugRedact();
    }
}
