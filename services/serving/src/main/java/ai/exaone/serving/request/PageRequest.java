package ai.exaone.serving.request;

import ai.exaone.errors.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Which part of a list is wanted.
 *
 * @param size at most so many items, 1 to 200
 * @param after what the last item of the page before is ordered by; empty for the first page
 */
public record PageRequest(int size, String after) {
    private static final int DEFAULT_SIZE = 50;
    private static final int LARGEST = 200;

    public PageRequest {
        if (size < 1 || size > LARGEST) {
            throw new IllegalArgumentException("A page has 1 to " + LARGEST + " items, not " + size);
        }
    }

    /**
     * The part that a request asks for.
     *
     * @param pageSize 0 for the default
     * @param pageToken empty for the first page
     * @throws PlatformException PAGE_TOKEN_INVALID for a token that was never given out
     */
    public static PageRequest of(int pageSize, String pageToken) {
        return new PageRequest(pageSize == 0 ? DEFAULT_SIZE : pageSize, place(pageToken));
    }

    /** How many rows to read: one more than wanted shows whether another page follows. */
    public int rows() {
        return size + 1;
    }

    static String token(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static String place(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            throw PlatformException.because(RequestError.PAGE_TOKEN_INVALID, "The page token is not one of this list.")
                    .violation("page_token", "is not one of this list")
                    .build();
        }
    }
}
