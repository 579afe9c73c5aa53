package ai.exaone.agents.tool;

import ai.exaone.errors.PlatformException;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks the arguments that a model wrote against a tool's schema. Nothing that a schema refers to is fetched. Thread-safe. */
final class ArgumentCheck {
    private static final int MOST_MISTAKES = 10;
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
            .build();

    private final SchemaRegistry schemas = SchemaRegistry.withDialect(DIALECT);

    /**
     * The arguments as an object.
     *
     * @throws PlatformException TOOL_ARGUMENTS_INVALID, with what the model has to change
     */
    ObjectNode check(Tool tool, String arguments) {
        ObjectNode read = read(arguments);
        List<Error> mistakes = schema(tool).validate(read);
        if (!mistakes.isEmpty()) {
            throw invalid(mistakes.stream()
                    .limit(MOST_MISTAKES)
                    .map(mistake -> mistake.getInstanceLocation() + ": " + mistake.getMessage())
                    .collect(Collectors.joining("; ")));
        }
        return read;
    }

    private Schema schema(Tool tool) {
        try {
            return schemas.getSchema(tool.parameters(), InputFormat.JSON);
        } catch (RuntimeException unusable) {
            throw PlatformException.because(ToolError.TOOL_SERVER_INVALID, "The tool's schema cannot be used.")
                    .cause(unusable)
                    .build();
        }
    }

    private static ObjectNode read(String arguments) {
        try {
            JsonNode read = JsonMapper.shared().readTree(arguments.isBlank() ? "{}" : arguments);
            if (read instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException malformed) {
            throw invalid("they are no JSON");
        }
        throw invalid("they are no JSON object");
    }

    private static PlatformException invalid(String what) {
        return new PlatformException(ToolError.TOOL_ARGUMENTS_INVALID, "The arguments are wrong: " + what + ".");
    }
}
