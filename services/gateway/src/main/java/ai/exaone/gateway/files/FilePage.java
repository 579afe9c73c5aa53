package ai.exaone.gateway.files;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.OpenAiReason;
import java.util.Map;
import java.util.Optional;

/**
 * Which part of a list is asked for.
 *
 * @param after the id of the last one before it
 * @param limit how many, at the most
 * @param newestFirst the order
 */
public record FilePage(Optional<String> after, int limit, boolean newestFirst) {
    private static final int LONGEST_ID = 64;

    /**
     * Reads a query.
     *
     * @param most the most that may be asked for
     * @param preset how many are given where nothing is asked for
     * @throws PlatformException PARAMETER_VALUE
     */
    public static FilePage of(Map<String, String> query, int most, int preset) {
        String order = query.getOrDefault("order", "desc");
        if (!order.equals("asc") && !order.equals("desc")) {
            throw wrong("order", "'order' must be 'asc' or 'desc'.");
        }
        Optional<String> after = Optional.ofNullable(query.get("after")).filter(id -> !id.isEmpty());
        if (after.filter(id -> id.length() > LONGEST_ID).isPresent()) {
            throw wrong("after", "'after' must be an id.");
        }
        return new FilePage(
                after, limit(query.getOrDefault("limit", Integer.toString(preset)), most), order.equals("desc"));
    }

    private static int limit(String text, int most) {
        if (text.matches("[0-9]{1,5}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        }
        throw wrong("limit", "'limit' must be between 1 and " + most + ".");
    }

    private static PlatformException wrong(String parameter, String why) {
        return PlatformException.because(OpenAiReason.PARAMETER_VALUE, why)
                .violation(parameter, "Not allowed.")
                .build();
    }
}
