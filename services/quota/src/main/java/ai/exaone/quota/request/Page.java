package ai.exaone.quota.request;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next where it ended, if more follows
 */
public record Page<T>(List<T> items, Optional<PageToken> next) {
    private static final int DEFAULT_SIZE = 50;

    public Page {
        items = List.copyOf(items);
    }

    /** How many items a request wants that names so many; 0 names none. */
    public static int size(int requested) {
        return requested == 0 ? DEFAULT_SIZE : requested;
    }

    /**
     * The page among the rows that were read for it.
     *
     * @param size how many items are wanted
     * @param rows one more than wanted, if there is one more
     * @param place the sort key of an item
     */
    public static <T> Page<T> of(int size, List<T> rows, Function<T, PageToken> place) {
        if (rows.size() <= size) {
            return new Page<>(rows, Optional.empty());
        }
        List<T> items = rows.subList(0, size);
        return new Page<>(items, Optional.of(place.apply(items.getLast())));
    }

    /** What a response calls {@code next_page_token}: empty on the last page. */
    public String nextToken() {
        return next.map(PageToken::encode).orElse("");
    }
}
