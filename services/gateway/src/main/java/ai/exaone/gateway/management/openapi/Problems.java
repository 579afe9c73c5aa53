package ai.exaone.gateway.management.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.List;

/** The schema of an error's body (RFC 9457). */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    static Schema<Object> schema() {
        Schema<Object> problem = Schemas.typed("object");
        problem.setDescription("Why a request was refused or failed (RFC 9457).");
        problem.addProperty("type", text("A stable URI of the reason."));
        problem.addProperty("title", text("The reason in a few words."));
        problem.addProperty("status", number("The HTTP status."));
        problem.addProperty("detail", text("What happened, in a sentence."));
        problem.addProperty("reason", text("The stable name of the reason, for example `QUOTA_EXCEEDED`."));
        problem.addProperty("requestId", text("The request, as in the header `x-request-id`."));
        problem.addProperty("metadata", metadata());
        problem.addProperty("violations", violations());
        problem.setRequired(List.of("type", "title", "status", "detail", "reason", "requestId"));
        return problem;
    }

    private static Schema<Object> metadata() {
        Schema<Object> metadata = Schemas.typed("object");
        metadata.setAdditionalProperties(Schemas.typed("string"));
        metadata.setDescription("Values that the sentence names, for programs.");
        return metadata;
    }

    private static Schema<Object> violations() {
        Schema<Object> violation = Schemas.typed("object");
        violation.addProperty("field", text("Path of the field in the request."));
        violation.addProperty("description", text("What is wrong with it."));
        violation.setRequired(List.of("field", "description"));
        Schema<Object> violations = Schemas.typed("array");
        violations.setItems(violation);
        violations.setDescription("The fields that are wrong.");
        return violations;
    }

    private static Schema<Object> text(String description) {
        Schema<Object> schema = Schemas.typed("string");
        schema.setDescription(description);
        return schema;
    }

    private static Schema<Object> number(String description) {
        Schema<Object> schema = Schemas.typed("integer");
        schema.setDescription(description);
        return schema;
    }
}
