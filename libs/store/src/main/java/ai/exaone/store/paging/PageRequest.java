package ai.exaone.store.paging;

import ai.exaone.errors.PlatformException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which part of a list is wanted.
 *
 * @param size at most so many items, 1 to 200
 * @param token where the page before ended; empty for the first
 */
public record PageRequest(int size, Optional<PageToken> token) {
    private static final int DEFAULT_SIZE = 50;
    private static final int LARGEST = 200;

    public PageRequest {
        if (size < 1 || size > LARGEST) {
            throw new IllegalArgumentException("A page has 1 to " + LARGEST + " items, not " + size);
        }
    }

    /**
     * The part that a request asks for by {@code page_size} (0 for the default) and {@code page_token} (empty for the first).
     *
     * @throws PlatformException PAGE_TOKEN_INVALID for a text that was never given out
     */
    public static PageRequest of(int pageSize, String pageToken) {
        return new PageRequest(
                pageSize == 0 ? DEFAULT_SIZE : pageSize,
                pageToken.isEmpty() ? Optional.empty() : Optional.of(PageToken.decode(pageToken)));
    }

    /** The beginning of a list. */
    public static PageRequest first(int size) {
        return new PageRequest(size, Optional.empty());
    }

    /**
     * Where the page before ended in a list that is ordered by so many columns; empty for the first page.
     *
     * @throws PlatformException PAGE_TOKEN_INVALID if the token is one of another list
     */
    public Optional<PageToken> after(int columns) {
        if (token.isPresent() && token.get().values().size() != columns) {
            throw PageToken.invalid();
        }
        return token;
    }

    /** The same for a list that is ordered by one column. */
    public Optional<String> after() {
        return after(1).map(place -> place.values().getFirst());
    }

    /**
     * The same for a list that is ordered by one column whose values all have one form.
     *
     * @throws PlatformException PAGE_TOKEN_INVALID if the token is one of another list
     */
    public Optional<String> after(Pattern form) {
        Optional<String> place = after();
        if (place.isPresent() && !form.matcher(place.get()).matches()) {
            throw PageToken.invalid();
        }
        return place;
    }

    /** How many rows to read: one more than wanted shows whether another page follows. */
    public int rows() {
        return size + 1;
    }
}
