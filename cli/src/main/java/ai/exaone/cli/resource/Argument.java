package ai.exaone.cli.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;

/** One thing that a command is told: a field of the RPC's request, and where it goes. */
record Argument(FieldDescriptor field, Place place) {

    /** Where a field goes. */
    enum Place {
        /** In the path, at its end: what the command is about. */
        TARGET,
        /** In the path, before that. */
        PARENT,
        /** In the query. */
        QUERY,
        /** In the body. */
        BODY,
        /** In the body, and not to be seen: asked for, or read from standard input. */
        SECRET
    }
}
