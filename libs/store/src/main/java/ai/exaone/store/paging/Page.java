package ai.exaone.store.paging;

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

    /** A list that is at hand as a whole and short. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, Optional.empty());
    }

    /**
     * The page among the rows that were read for it.
     *
     * @param rows up to {@link PageRequest#rows()} of them
     * @param place the sort key of an item
     */
    public static <T> Page<T> of(PageRequest request, List<T> rows, Function<T, PageToken> place) {
        if (rows.size() <= request.size()) {
            return whole(rows);
        }
        List<T> items = rows.subList(0, request.size());
        return new Page<>(items, Optional.of(place.apply(items.getLast())));
    }

    /**
     * The page of a list that is at hand as a whole.
     *
     * @param all in the order of their places, each of which is above the one before
     */
    public static <T> Page<T> among(PageRequest request, List<T> all, Function<T, String> place) {
        String after = request.after().orElse("");
        List<T> rows = all.stream()
                .filter(item -> place.apply(item).compareTo(after) > 0)
                .limit(request.rows())
                .toList();
        return of(request, rows, item -> PageToken.of(place.apply(item)));
    }

    /** The same part with its items seen otherwise. */
    public <R> Page<R> map(Function<T, R> view) {
        return new Page<>(items.stream().map(view).toList(), next);
    }

    /** What a response calls {@code next_page_token}: empty on the last page. */
    public String nextToken() {
        return next.map(PageToken::encode).orElse("");
    }
}
