package ai.exaone.gateway.openai;

import java.util.Locale;
import java.util.Map;

/** Our reasons in OpenAI's vocabulary. */
final class OpenAiCodes {
    static final String INSUFFICIENT_QUOTA = "insufficient_quota";
    static final String RATE_LIMIT_EXCEEDED = "rate_limit_exceeded";

    /** Reasons of all services that OpenAI has its own word for. */
    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("KEY_NOT_ACCEPTED", "invalid_api_key"),
            Map.entry("UNAUTHENTICATED", "invalid_api_key"),
            Map.entry("MODEL_NOT_FOUND", "model_not_found"),
            Map.entry("PATH_NOT_FOUND", "unknown_url"),
            Map.entry("PARAMETER_TYPE", "invalid_type"),
            Map.entry("PARAMETER_VALUE", "invalid_value"),
            Map.entry("PARAMETER_MISSING", "missing_required_parameter"),
            Map.entry("PARAMETER_RESERVED", "unsupported_parameter"),
            Map.entry("PARAMETER_UNSUPPORTED", "unsupported_parameter"),
            Map.entry("REQUEST_NOT_JSON", "invalid_json"),
            Map.entry("MODEL_WITHOUT_PRICE", INSUFFICIENT_QUOTA));

    private OpenAiCodes() {}

    static String of(String reason, Map<String, String> metadata) {
        if (reason.equals("QUOTA_EXCEEDED")) {
            return isLongTerm(metadata.getOrDefault("kind", "")) ? INSUFFICIENT_QUOTA : RATE_LIMIT_EXCEEDED;
        }
        String code = CODES.get(reason);
        return code == null ? reason.toLowerCase(Locale.ROOT) : code;
    }

    /** Whether a limit counts a day or a month, so that waiting a minute does not help. */
    private static boolean isLongTerm(String limitKind) {
        return limitKind.endsWith("_PER_DAY") || limitKind.endsWith("_PER_MONTH");
    }
}
