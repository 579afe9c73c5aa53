package ai.exaone.identity.request;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next where it ended, if more follows
 */
public record Page<T>(List<T> items, Optional<PageToken> next) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page among the rows that were read for it.
     *
     * @param rows up to {@link PageRequest#rows()} of them
     * @param place the sort key of an item
     */
    public static <T> Page<T> of(PageRequest request, List<T> rows, Function<T, PageToken> place) {
        if (rows.size() <= request.size()) {
            return new Page<>(rows, Optional.empty());
        }
        List<T> items = rows.subList(0, request.size());
        return new Page<>(items, Optional.of(place.apply(items.getLast())));
    }

    /** What a response calls {@code next_page_token}: empty on the last page. */
    public String nextToken() {
        return next.map(PageToken::encode).orElse("");
    }
}
