package ai.exaone.agents.tool.mcp;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a tool answered, as text: texts as they are, other contents by what they are. */
final class McpContent {
    private McpContent() {}

    static String text(JsonNode result) {
        List<String> parts = new ArrayList<>();
        for (JsonNode content : result.path("content")) {
            parts.add(part(content));
        }
        if (parts.isEmpty() && result.has("structuredContent")) {
            parts.add(result.path("structuredContent").toString());
        }
        return parts.isEmpty() ? "[no content]" : String.join("\n", parts);
    }

    private static String part(JsonNode content) {
        String type = content.path("type").asString("");
        return switch (type) {
            case "text" -> content.path("text").asString("");
            case "image", "audio" -> "[" + type + " " + content.path("mimeType").asString("of unknown type") + "]";
            case "resource" ->
                content.path("resource")
                        .path("text")
                        .asString("[resource "
                                + content.path("resource").path("uri").asString("") + "]");
            case "resource_link" -> content.path("uri").asString("");
            default -> content.toString();
        };
    }
}
