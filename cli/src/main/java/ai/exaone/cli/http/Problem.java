package ai.exaone.cli.http;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.List;

/** An error's body (RFC 9457) as lines for a person. */
public final class Problem {
    private Problem() {}

    /** What is said of an error's body; of any other body, that and the status. */
    public static String lines(int status, String body) {
        Struct problem;
        try {
            Struct.Builder builder = Struct.newBuilder();
            JsonFormat.parser().merge(body, builder);
            problem = builder.build();
        } catch (InvalidProtocolBufferException noProblem) {
            return "The platform answered " + status + ": " + body.strip();
        }
        StringBuilder lines = new StringBuilder(text(problem, "detail"));
        if (lines.isEmpty()) {
            lines.append("The platform answered ").append(status);
        }
        String detail = lines.toString();
        for (Value violation : list(problem, "violations")) {
            String description = text(violation.getStructValue(), "description");
            // A single violation is what the detail says already.
            if (!detail.contains(description)) {
                lines.append("\n  ")
                        .append(text(violation.getStructValue(), "field"))
                        .append(": ")
                        .append(description);
            }
        }
        append(lines, "reason", text(problem, "reason"));
        append(lines, "request", text(problem, "requestId"));
        return lines.toString();
    }

    private static void append(StringBuilder lines, String label, String value) {
        if (!value.isEmpty()) {
            lines.append("\n  (").append(label).append(' ').append(value).append(')');
        }
    }

    private static String text(Struct struct, String name) {
        return struct.getFieldsOrDefault(name, Value.getDefaultInstance()).getStringValue();
    }

    private static List<Value> list(Struct struct, String name) {
        return struct.getFieldsOrDefault(name, Value.getDefaultInstance())
                .getListValue()
                .getValuesList();
    }
}
