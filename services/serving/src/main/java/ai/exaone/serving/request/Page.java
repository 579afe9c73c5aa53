package ai.exaone.serving.request;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param nextToken what a request for the next page carries; empty on the last
 */
public record Page<T>(List<T> items, String nextToken) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page among the rows that were read for it.
     *
     * @param rows up to {@link PageRequest#rows()} of them
     * @param place what the list is ordered by
     */
    public static <T> Page<T> of(PageRequest request, List<T> rows, Function<T, String> place) {
        if (rows.size() <= request.size()) {
            return new Page<>(rows, "");
        }
        List<T> items = rows.subList(0, request.size());
        return new Page<>(items, PageRequest.token(place.apply(items.getLast())));
    }

    /**
     * The page of a list that is at hand as a whole.
     *
     * @param all in the order of their places, each of which is above the one before
     */
    public static <T> Page<T> among(PageRequest request, List<T> all, Function<T, String> place) {
        List<T> rows = all.stream()
                .filter(item -> place.apply(item).compareTo(request.after()) > 0)
                .limit(request.rows())
                .toList();
        return of(request, rows, place);
    }

    /** The same part with its items seen otherwise. */
    public <R> Page<R> map(Function<T, R> view) {
        return new Page<>(items.stream().map(view).toList(), nextToken);
    }
}
