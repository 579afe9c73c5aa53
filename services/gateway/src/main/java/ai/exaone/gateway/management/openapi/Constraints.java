package ai.exaone.gateway.management.openapi;

import build.buf.validate.FieldRules;
import build.buf.validate.Int32Rules;
import build.buf.validate.Int64Rules;
import build.buf.validate.RepeatedRules;
import build.buf.validate.StringRules;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;

/** Protovalidate's rules as JSON Schema's keywords, where there is one of the same meaning. */
final class Constraints {
    private Constraints() {}

    static void apply(FieldRules rules, Schema<Object> schema) {
        switch (rules.getTypeCase()) {
            case STRING -> string(rules.getString(), schema);
            case INT32 -> int32(rules.getInt32(), schema);
            case INT64 -> int64(rules.getInt64(), schema);
            case REPEATED -> repeated(rules.getRepeated(), schema);
            default -> {
                // Enums and messages say what they allow by their own schema.
            }
        }
    }

    private static void string(StringRules rules, Schema<Object> schema) {
        if (rules.hasMinLen()) {
            schema.setMinLength((int) rules.getMinLen());
        }
        if (rules.hasMaxLen()) {
            schema.setMaxLength((int) rules.getMaxLen());
        }
        if (rules.hasPattern()) {
            schema.setPattern(rules.getPattern());
        }
        if (rules.getInCount() > 0) {
            rules.getInList().forEach(schema::addEnumItemObject);
        }
        if (rules.getEmail()) {
            schema.setFormat("email");
        }
        if (rules.getUri()) {
            schema.setFormat("uri");
        }
    }

    private static void int32(Int32Rules rules, Schema<Object> schema) {
        if (rules.hasGte()) {
            schema.setMinimum(BigDecimal.valueOf(rules.getGte()));
        }
        if (rules.hasLte()) {
            schema.setMaximum(BigDecimal.valueOf(rules.getLte()));
        }
    }

    /** 64-bit numbers are texts in JSON, so that their range is a rule of words and not of numbers. */
    private static void int64(Int64Rules rules, Schema<Object> schema) {
        if (rules.hasGte() && rules.getGte() >= 0) {
            schema.setPattern("^[0-9]{1,19}$");
        }
    }

    private static void repeated(RepeatedRules rules, Schema<Object> schema) {
        if (rules.hasMinItems()) {
            schema.setMinItems((int) rules.getMinItems());
        }
        if (rules.hasMaxItems()) {
            schema.setMaxItems((int) rules.getMaxItems());
        }
        if (rules.getUnique()) {
            schema.setUniqueItems(true);
        }
        Schema<?> items = schema.getItems();
        if (rules.hasItems() && items != null && items.get$ref() == null) {
            @SuppressWarnings("unchecked") // Made in Schemas, where every schema is of this type.
            Schema<Object> own = (Schema<Object>) items;
            apply(rules.getItems(), own);
        }
    }
}
