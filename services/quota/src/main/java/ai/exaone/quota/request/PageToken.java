package ai.exaone.quota.request;

import ai.exaone.errors.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where a page ended: the sort key of its last item. Opaque to callers.
 *
 * @param values the columns that the list is ordered by, in that order
 */
public record PageToken(List<String> values) {
    private static final String SEPARATOR = "\u0000";

    public PageToken {
        values = List.copyOf(values);
    }

    public static PageToken of(String... values) {
        return new PageToken(List.of(values));
    }

    public String encode() {
        byte[] bytes = String.join(SEPARATOR, values).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The token that a caller hands back; empty for the first page.
     *
     * @param columns how many the list is ordered by
     * @throws PlatformException PAGE_TOKEN_INVALID for a text that was never given out for such a list
     */
    public static Optional<PageToken> decode(String text, int columns) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            String joined = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            List<String> values = List.of(joined.split(SEPARATOR, -1));
            if (values.size() == columns) {
                return Optional.of(new PageToken(values));
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
        throw invalid();
    }

    /** The failure of a token that was never given out for the list it is used on. */
    public static PlatformException invalid() {
        return PlatformException.because(RequestError.PAGE_TOKEN_INVALID, "The page token is not one of this list.")
                .violation("page_token", "is not one of this list")
                .build();
    }
}
