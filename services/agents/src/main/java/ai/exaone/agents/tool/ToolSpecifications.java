package ai.exaone.agents.tool;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON Schemas of arguments as LangChain4j wants them. */
public final class ToolSpecifications {
    private ToolSpecifications() {}

    /**
     * @param parameters JSON Schema of an object, as JSON
     */
    public static ToolSpecification of(String name, String description, String parameters) {
        JsonNode schema = JsonMapper.shared().readTree(parameters);
        var object = JsonObjectSchema.builder();
        schema.path("properties")
                .properties()
                .forEach(property -> object.addProperty(
                        property.getKey(),
                        JsonRawSchema.from(property.getValue().toString())));
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(each -> required.add(each.asString()));
        object.required(required);
        if (schema.path("additionalProperties").isBoolean()) {
            object.additionalProperties(schema.path("additionalProperties").booleanValue());
        }
        return ToolSpecification.builder()
                .name(name)
                .description(description)
                .parameters(object.build())
                .build();
    }
}
