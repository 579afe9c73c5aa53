package ai.exaone.gateway.responses;

import ai.exaone.gateway.openai.Faults;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Which of the items of a response are listed.
 *
 * @param after id of the item before the first; empty for the beginning
 */
public record ItemPage(boolean ascending, int limit, String after) {
    private static final int MOST = 100;
    private static final String USUAL = "20";

    /**
     * Reads a query.
     *
     * @param parameters the first value of each
     * @throws ai.exaone.errors.PlatformException PARAMETER_VALUE
     */
    public static ItemPage of(Map<String, String> parameters) {
        String order = parameters.getOrDefault("order", "desc");
        if (!order.equals("asc") && !order.equals("desc")) {
            throw Faults.value("order", "expected one of asc, desc.");
        }
        String limit = parameters.getOrDefault("limit", USUAL);
        if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            throw Faults.value("limit", "expected an integer from 1 to " + MOST + ".");
        }
        return new ItemPage(order.equals("asc"), Integer.parseInt(limit), parameters.getOrDefault("after", ""));
    }

    /** The page, in OpenAI's shape of lists. */
    byte[] of(List<JsonValue> items) {
        List<JsonValue> ordered = new ArrayList<>(items);
        if (!ascending) {
            Collections.reverse(ordered);
        }
        int from = 0;
        for (int i = 0; i < ordered.size() && !after.isEmpty(); i++) {
            if (id(ordered.get(i)).equals(after)) {
                from = i + 1;
            }
        }
        int to = Math.min(ordered.size(), from + limit);
        List<JsonValue> page = ordered.subList(from, to);
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (JsonValue item : page) {
                json.writeRawValue(item.json());
            }
            json.writeEndArray();
            json.writeStringField("first_id", page.isEmpty() ? null : id(page.getFirst()));
            json.writeStringField("last_id", page.isEmpty() ? null : id(page.getLast()));
            json.writeBooleanField("has_more", to < ordered.size());
            json.writeEndObject();
        });
    }

    private static String id(JsonValue item) {
        return item.text("id").orElse("");
    }
}
