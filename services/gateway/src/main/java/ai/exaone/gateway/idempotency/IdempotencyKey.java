package ai.exaone.gateway.idempotency;

import ai.exaone.errors.PlatformException;
import java.util.List;

/**
 * A caller's own name for one call: 1 to 255 visible characters of ASCII.
 *
 * @param value without the quotation marks that it may be sent in
 */
public record IdempotencyKey(String value) {
    /** The header that carries it. */
    public static final String HEADER = "idempotency-key";

    private static final String SHOWN = "Idempotency-Key";
    private static final int LONGEST = 255;

    public IdempotencyKey {
        boolean visible = value.chars().allMatch(character -> character > ' ' && character < 0x7f);
        if (value.isEmpty() || value.length() > LONGEST || !visible) {
            throw malformed("An idempotency key has 1 to 255 visible characters of ASCII.");
        }
    }

    /**
     * Reads the header. The key may stand in quotation marks, as structured fields have it; they are no part of it.
     *
     * @param values of all the headers of that name
     * @throws PlatformException IDEMPOTENCY_KEY_MALFORMED
     */
    public static IdempotencyKey of(List<String> values) {
        if (values.size() != 1) {
            throw malformed("A request has one idempotency key.");
        }
        String sent = values.getFirst().strip();
        boolean quoted = sent.length() > 1 && sent.startsWith("\"") && sent.endsWith("\"");
        String key = quoted ? sent.substring(1, sent.length() - 1) : sent;
        if (key.indexOf('"') >= 0 || key.indexOf('\\') >= 0) {
            throw malformed("An idempotency key has no quotation marks and no backslashes within.");
        }
        return new IdempotencyKey(key);
    }

    private static PlatformException malformed(String why) {
        return PlatformException.because(IdempotencyError.IDEMPOTENCY_KEY_MALFORMED, "Header '" + SHOWN + "': " + why)
                .violation(SHOWN, why)
                .build();
    }
}
