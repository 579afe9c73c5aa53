package ai.exaone.bench.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A stack told in words of the gateway: the folders of ours that it went through, and on top, where it is not ours, what it was in:
 * a library, or a native method, which is mostly a system call.
 */
final class Modules {
    private static final String GATEWAY = "ai.exaone.gateway.";
    private static final String OURS = "ai.exaone.";
    /** Made of the contracts, and no more ours to read than the library that it calls. */
    private static final String GENERATED = "ai.exaone.proto.";

    private static final String OTHERS = "elsewhere";
    /** By the beginnings of packages, the longest that matter first. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "io.netty.handler.ssl", "TLS",
            "io.netty", "Netty",
            "io.grpc", "gRPC",
            "io.micronaut", "Micronaut",
            "com.google.protobuf", "Protobuf",
            "ai.exaone.proto", "Protobuf",
            "com.fasterxml.jackson", "Jackson",
            "java", "Java",
            "jdk", "Java",
            "sun", "Java");

    private Modules() {}

    /** The thread, the folders in order, then what is on top where that is something else. */
    static List<String> path(Stack stack) {
        List<String> path = new ArrayList<>(List.of(stack.thread()));
        for (Frame frame : stack.frames()) {
            if (isOurs(frame) && !path.getLast().equals(folder(frame))) {
                path.add(folder(frame));
            }
        }
        if (stack.top().isNative()) {
            path.add(stack.top().shortName());
        } else if (!isOurs(stack.top())) {
            path.add(library(stack.top()));
        }
        return path;
    }

    /** The innermost folder of ours; {@code -} where none has to do with it. */
    static String innermost(Stack stack) {
        return stack.frames().reversed().stream()
                .filter(Modules::isOurs)
                .findFirst()
                .map(Modules::folder)
                .orElse("-");
    }

    private static boolean isOurs(Frame frame) {
        return frame.type().startsWith(OURS) && !frame.type().startsWith(GENERATED);
    }

    private static String folder(Frame frame) {
        String prefix = frame.type().startsWith(GATEWAY) ? GATEWAY : OURS;
        String folder = frame.folder();
        return folder.length() < prefix.length()
                ? folder.substring(OURS.length())
                : folder.substring(prefix.length()).replace('.', '/');
    }

    private static String library(Frame frame) {
        String beginning = frame.folder();
        while (!beginning.isEmpty()) {
            String known = LIBRARIES.get(beginning);
            if (known != null) {
                return known;
            }
            beginning = beginning.substring(0, Math.max(0, beginning.lastIndexOf('.')));
        }
        return OTHERS;
    }
}
