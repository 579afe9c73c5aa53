package ai.exaone.store.paging;

import ai.exaone.errors.PlatformException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ended: the sort key of its last item. Opaque to callers.
 *
 * @param values the columns that the list is ordered by, in that order
 */
public record PageToken(List<String> values) {
    public PageToken {
        values = List.copyOf(values);
    }

    public static PageToken of(String... values) {
        return new PageToken(List.of(values));
    }

    /** The failure of a token that was never given out for the list it is used on. */
    public static PlatformException invalid() {
        return PlatformException.because(PagingError.PAGE_TOKEN_INVALID, "The page token is not one of this list.")
                .violation("page_token", "is not one of this list")
                .build();
    }

    /** The text that callers hand back. */
    String encode() {
        var bytes = new ByteArrayOutputStream();
        try (var output = new DataOutputStream(bytes)) {
            for (String value : values) {
                output.writeUTF(value);
            }
        } catch (IOException tooLong) {
            throw new UncheckedIOException("A list is ordered by columns of at most 64 KiB", tooLong);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    static PageToken decode(String text) {
        List<String> values = new ArrayList<>();
        try (var input = new DataInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
            while (input.available() > 0) {
                values.add(input.readUTF());
            }
        } catch (IllegalArgumentException | IOException malformed) {
            throw invalid();
        }
        return new PageToken(values);
    }
}
