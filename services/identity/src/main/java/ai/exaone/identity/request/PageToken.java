package ai.exaone.identity.request;

import ai.exaone.errors.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

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

    /** The text that callers hand back. */
    public String encode() {
        byte[] bytes = String.join(SEPARATOR, values).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The token that a caller hands back.
     *
     * @throws PlatformException PAGE_TOKEN_INVALID for a text that was never given out
     */
    static PageToken decode(String text) {
        try {
            String joined = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return new PageToken(List.of(joined.split(SEPARATOR, -1)));
        } catch (IllegalArgumentException wrong) {
            throw invalid();
        }
    }

    /**
     * The values of a token of a list that is ordered by so many columns.
     *
     * @throws PlatformException PAGE_TOKEN_INVALID if the token is one of another list
     */
    public List<String> require(int columns) {
        if (values.size() != columns) {
            throw invalid();
        }
        return values;
    }

    /** The failure of a token that was never given out for the list it is used on. */
    public static PlatformException invalid() {
        return PlatformException.because(RequestError.PAGE_TOKEN_INVALID, "The page token is not one of this list.")
                .violation("page_token", "is not one of this list")
                .build();
    }
}
