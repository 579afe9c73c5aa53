package ai.exaone.agents.agent;

import ai.exaone.store.crypto.Sha256;
import java.math.BigDecimal;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One text for one meaning: keys sorted, no white space, numbers in one form. */
final class CanonicalJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private CanonicalJson() {}

    static String of(JsonNode node) {
        var text = new StringBuilder();
        write(node, text);
        return text.toString();
    }

    /** SHA-256 of the canonical text, 64 hex digits. */
    static String digest(JsonNode node) {
        return Sha256.hex(of(node));
    }

    private static void write(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            writeObject(node, text);
        } else if (node.isArray()) {
            text.append('[');
            for (int index = 0; index < node.size(); index++) {
                text.append(index == 0 ? "" : ",");
                write(node.get(index), text);
            }
            text.append(']');
        } else if (node.isNumber()) {
            text.append(plain(node.decimalValue()));
        } else {
            text.append(MAPPER.writeValueAsString(node));
        }
    }

    private static void writeObject(JsonNode node, StringBuilder text) {
        var sorted = new TreeMap<String, JsonNode>();
        node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        text.append('{');
        String separator = "";
        for (var entry : sorted.entrySet()) {
            text.append(separator)
                    .append(MAPPER.writeValueAsString(entry.getKey()))
                    .append(':');
            write(entry.getValue(), text);
            separator = ",";
        }
        text.append('}');
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }
}
