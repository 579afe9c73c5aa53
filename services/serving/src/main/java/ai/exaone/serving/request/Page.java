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

    /** The same part with its items seen otherwise. */
    public <R> Page<R> map(Function<T, R> view) {
        return new Page<>(items.stream().map(view).toList(), nextToken);
    }
}
