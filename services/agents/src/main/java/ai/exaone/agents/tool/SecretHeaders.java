package ai.exaone.agents.tool;

import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.errors.PlatformException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Headers with their secrets filled in, for one call. Answers go through {@link #redact} before anybody keeps them: a server that
 * echoes a header does not bring its secret into a journal or a prompt. Has no {@code toString}.
 */
public final class SecretHeaders {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret\\.([A-Za-z][A-Za-z0-9_]{0,63})\\}");
    private static final Pattern NOT_IN_HEADERS = Pattern.compile("[\\r\\n\\u0000]");
    /** A shorter secret is found in innocent text, and hides nothing by being cut out of it. */
    private static final int SHORTEST_REDACTED = 4;

    private final Map<String, String> headers;
    private final Map<String, String> values;

    private SecretHeaders(Map<String, String> headers, Map<String, String> values) {
        this.headers = headers;
        this.values = values;
    }

    /**
     * Fills in the secrets that templates name.
     *
     * @throws PlatformException TOOL_SECRET_MISSING
     */
    public static SecretHeaders fill(Map<String, String> templates, Secrets secrets, ProjectScope scope) {
        Set<String> names = new HashSet<>();
        for (String template : templates.values()) {
            Matcher matcher = REFERENCE.matcher(template);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        Map<String, String> values = names.isEmpty() ? Map.of() : secrets.values(scope, names);
        Map<String, String> headers = new HashMap<>();
        templates.forEach((name, template) -> headers.put(name, filled(template, values)));
        return new SecretHeaders(headers, values);
    }

    public Map<String, String> values() {
        return headers;
    }

    /** The text with every secret of these headers replaced by its name. */
    public String redact(String text) {
        String redacted = text;
        for (var secret : values.entrySet()) {
            if (secret.getValue().length() >= SHORTEST_REDACTED) {
                redacted = redacted.replace(secret.getValue(), "${secret." + secret.getKey() + "}");
            }
        }
        return redacted;
    }

    private static String filled(String template, Map<String, String> values) {
        return REFERENCE.matcher(template).replaceAll(reference -> {
            String name = reference.group(1);
            String value = values.get(name);
            if (value == null) {
                throw new PlatformException(
                        ToolError.TOOL_SECRET_MISSING, "The project has no secret called " + name + ".");
            }
            if (NOT_IN_HEADERS.matcher(value).find()) {
                throw new PlatformException(
                        ToolError.TOOL_SECRET_MISSING,
                        "The secret " + name + " has line breaks: no header can hold it.");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
