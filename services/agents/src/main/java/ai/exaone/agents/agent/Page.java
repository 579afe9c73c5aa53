package ai.exaone.agents.agent;

import ai.exaone.errors.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A part of a list.
 *
 * @param nextToken where the next part begins; empty text on the last
 */
public record Page<T>(List<T> items, String nextToken) {
    private static final int DEFAULT_SIZE = 50;

    public Page {
        items = List.copyOf(items);
    }

    /** Which part is wanted: {@code page_size} (0 for the default) and {@code page_token} (empty for the first). */
    public record Request(int pageSize, String pageToken) {
        public int size() {
            return pageSize == 0 ? DEFAULT_SIZE : pageSize;
        }

        /** How many rows to read: one more than wanted shows whether another page follows. */
        public int rows() {
            return size() + 1;
        }

        /**
         * The sort key of the last item of the page before.
         *
         * @throws PlatformException PAGE_TOKEN_INVALID if it has not this form
         */
        public Optional<String> after(Pattern form) {
            if (pageToken.isEmpty()) {
                return Optional.empty();
            }
            try {
                String key = new String(Base64.getUrlDecoder().decode(pageToken), StandardCharsets.UTF_8);
                if (form.matcher(key).matches()) {
                    return Optional.of(key);
                }
            } catch (IllegalArgumentException notEncoded) {
                throw invalid(notEncoded);
            }
            throw invalid(new IllegalArgumentException("The key has another form"));
        }

        private static PlatformException invalid(RuntimeException cause) {
            return PlatformException.because(AgentError.PAGE_TOKEN_INVALID, "The page token is not one of this list.")
                    .violation("page_token", "is not one of this list")
                    .cause(cause)
                    .build();
        }
    }

    /**
     * The page of rows that were read for a request.
     *
     * @param key the sort key of an item
     */
    public static <T> Page<T> of(Request request, List<T> rows, Function<T, String> key) {
        if (rows.size() <= request.size()) {
            return new Page<>(rows, "");
        }
        List<T> items = rows.subList(0, request.size());
        byte[] last = key.apply(items.getLast()).getBytes(StandardCharsets.UTF_8);
        return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
}
