package ai.exaone.identity.request;

import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param size at most so many items, 1 to 200
 * @param after where the page before ended; empty for the first
 */
public record PageRequest(int size, Optional<PageToken> after) {
    private static final int DEFAULT_SIZE = 50;
    private static final int LARGEST = 200;

    public PageRequest {
        if (size < 1 || size > LARGEST) {
            throw new IllegalArgumentException("A page has 1 to " + LARGEST + " items, not " + size);
        }
    }

    /** The part that a request asks for by {@code page_size} (0 for the default) and {@code page_token} (empty for the first). */
    public static PageRequest of(int pageSize, String pageToken) {
        return new PageRequest(
                pageSize == 0 ? DEFAULT_SIZE : pageSize,
                pageToken.isEmpty() ? Optional.empty() : Optional.of(PageToken.decode(pageToken)));
    }

    /** How many rows to read: one more than wanted shows whether another page follows. */
    public int rows() {
        return size + 1;
    }
}
