package ai.exaone.rpc.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * An RPC with its route.
 *
 * @param body where the request's body goes
 * @param permission the permission its access rule asks for; empty when being signed in is enough
 */
public record PublicMethod(
        MethodDescriptor descriptor, Verb verb, PathTemplate path, Body body, Optional<String> permission) {

    /** Where a request's body goes. */
    public sealed interface Body {
        /** There is none: every field is in the path or the query. */
        record None() implements Body {}

        /** It is the whole request, less what the path fills. */
        record Whole() implements Body {}

        /** It is one field of the request; the others are in the path or the query. */
        record Field(FieldDescriptor field) implements Body {}
    }

    /** The fields that a query may fill: those that neither the path nor the body does. */
    public List<FieldDescriptor> queryFields() {
        return switch (body) {
            case Body.Whole() -> List.of();
            case Body.None() -> unbound(Optional.empty());
            case Body.Field(FieldDescriptor field) -> unbound(Optional.of(field));
        };
    }

    private List<FieldDescriptor> unbound(Optional<FieldDescriptor> bound) {
        return descriptor.getInputType().getFields().stream()
                .filter(field -> !path.fields().contains(field.getName()))
                .filter(field -> bound.filter(field::equals).isEmpty())
                .toList();
    }
}
