package ai.exaone.cli.output;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Enum values as people type and read them: {@code tenant-admin} for {@code ROLE_TENANT_ADMIN}. */
public final class EnumNames {
    private EnumNames() {}

    /** The short form; empty text for the value that says nothing. */
    public static String spoken(EnumValueDescriptor value) {
        return value.getNumber() == 0
                ? ""
                : value.getName()
                        .substring(prefix(value.getType()).length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }

    /** The value that somebody typed, in its short or its full form. */
    public static Optional<EnumValueDescriptor> typed(EnumDescriptor type, String text) {
        return type.getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .filter(value -> spoken(value).equals(text) || value.getName().equals(text))
                .findFirst();
    }

    /** All that one may type. */
    public static List<String> all(EnumDescriptor type) {
        return type.getValues().stream()
                .map(EnumNames::spoken)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String prefix(EnumDescriptor type) {
        String zero = type.getValues().getFirst().getName();
        return zero.substring(0, zero.length() - "UNSPECIFIED".length());
    }
}
