package ai.exaone.cli.output;

import ai.exaone.proto.quota.v1.UsageRecord;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints any answer: a list as a table, everything else as lines of name and value. */
public final class MessagePrinter {
    private static final int COLUMNS = 8;
    private static final String WELL_KNOWN = "google.protobuf.";
    /** Columns of rows with so many fields that the first of them would not do. */
    private static final Map<String, List<String>> CHOSEN = Map.of(
            UsageRecord.getDescriptor().getFullName(),
            List.of(
                    "request_id",
                    "start_time",
                    "model",
                    "input_tokens",
                    "output_tokens",
                    "amount_micros",
                    "outcome",
                    "reason"));

    private final PrintWriter out;

    public MessagePrinter(PrintWriter out) {
        this.out = out;
    }

    /** The list that an answer is; empty when it is something else. */
    public static Optional<FieldDescriptor> list(Descriptor answer) {
        return answer.getFields().stream()
                .filter(field -> field.isRepeated() && !field.isMapField() && isOurs(field))
                .findFirst()
                .filter(field -> answer.findFieldByName("next_page_token") != null);
    }

    /** Prints the rows of a list. */
    public void rows(FieldDescriptor list, List<Message> rows) {
        if (rows.isEmpty()) {
            out.println("Nothing yet.");
            return;
        }
        List<FieldDescriptor> columns = columns(list.getMessageType());
        Table table = new Table(columns.stream()
                .map(field -> field.getName().replace('_', ' ').toUpperCase(Locale.ROOT))
                .toList());
        rows.forEach(row ->
                table.add(columns.stream().map(field -> value(row, field)).toList()));
        table.print(out);
    }

    /** Prints an answer for a program: proto JSON, on one line. */
    public void json(Message answer) {
        try {
            out.println(JsonFormat.printer()
                    .alwaysPrintFieldsWithNoPresence()
                    .omittingInsignificantWhitespace()
                    .print(answer));
        } catch (InvalidProtocolBufferException unprintable) {
            throw new IllegalStateException(unprintable);
        }
    }

    /** Prints a message's fields, one a line; those of messages in it further in. */
    public void lines(Message message) {
        lines(message, "");
    }

    private void lines(Message message, String indent) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated() && isOurs(field)) {
                for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                    out.println(indent + label(field) + ":");
                    lines((Message) message.getRepeatedField(field, i), indent + "  ");
                }
            } else if (isOurs(field)) {
                if (message.hasField(field)) {
                    out.println(indent + label(field) + ":");
                    lines((Message) message.getField(field), indent + "  ");
                }
            } else {
                String text = value(message, field);
                if (!text.isEmpty()) {
                    out.println(indent + label(field) + ": " + text);
                }
            }
        }
    }

    /** The fields that tell most: what a row is, then what is said of it, then which others it belongs to. */
    private static List<FieldDescriptor> columns(Descriptor row) {
        List<FieldDescriptor> all =
                row.getFields().stream().filter(MessagePrinter::isColumn).toList();
        List<String> chosen = CHOSEN.getOrDefault(row.getFullName(), List.of());
        if (!chosen.isEmpty()) {
            return chosen.stream().map(row::findFieldByName).toList();
        }
        Stream<FieldDescriptor> telling = all.stream().skip(1).filter(field -> !isReference(field));
        Stream<FieldDescriptor> others = all.stream().skip(1).filter(MessagePrinter::isReference);
        Set<FieldDescriptor> first = Stream.of(all.stream().limit(1), telling, others)
                .flatMap(Function.identity())
                .limit(COLUMNS)
                .collect(Collectors.toSet());
        return all.stream().filter(first::contains).toList();
    }

    private static boolean isReference(FieldDescriptor field) {
        return field.getName().endsWith("_id") || field.getName().endsWith("_by");
    }

    private static String label(FieldDescriptor field) {
        return field.getName().replace('_', ' ');
    }

    private static boolean isColumn(FieldDescriptor field) {
        return !isOurs(field) && !field.isMapField() && !field.getName().equals("tenant_id");
    }

    private static boolean isOurs(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.getMessageType().getFullName().startsWith(WELL_KNOWN);
    }

    private static String value(Message message, FieldDescriptor field) {
        if (field.isRepeated()) {
            @SuppressWarnings("unchecked") // A repeated field's value is a list.
            List<Object> values = (List<Object>) message.getField(field);
            return values.stream().map(each -> single(field, each)).collect(Collectors.joining(", "));
        }
        if (field.hasPresence() && !message.hasField(field)) {
            return "";
        }
        return single(field, message.getField(field));
    }

    private static String single(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case ENUM -> EnumNames.spoken((EnumValueDescriptor) value);
            case MESSAGE -> wellKnown((Message) value);
            default -> value.toString();
        };
    }

    private static String wellKnown(Message value) {
        try {
            return JsonFormat.printer()
                    .omittingInsignificantWhitespace()
                    .print(value)
                    .replace("\"", "");
        } catch (InvalidProtocolBufferException unprintable) {
            throw new IllegalStateException(unprintable);
        }
    }
}
