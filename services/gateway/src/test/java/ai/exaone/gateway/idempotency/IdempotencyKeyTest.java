package ai.exaone.gateway.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    @Test
    void isTheSameWithAndWithoutQuotationMarks() {
        assertThat(IdempotencyKey.of(List.of("8e03978e-40d5")))
                .isEqualTo(IdempotencyKey.of(List.of("\"8e03978e-40d5\"")));
        assertThat(IdempotencyKey.of(List.of("a")).value()).isEqualTo("a");
        assertThat(IdempotencyKey.of(List.of("~".repeat(255))).value()).hasSize(255);
        assertThat(IdempotencyKey.of(List.of("a"))).isNotEqualTo(IdempotencyKey.of(List.of("A")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\"\"", "\"", "a b", "a\tb", "키", "a\"b", "a\\b", "\"a", "a\u007f"})
    void isVisibleAscii(String sent) {
        assertMalformed(List.of(sent));
    }

    @Test
    void isOneAndNotTooLong() {
        assertMalformed(List.of("a", "a"));
        assertMalformed(List.of("a".repeat(256)));
    }

    private static void assertMalformed(List<String> values) {
        PlatformException refused = catchThrowableOfType(PlatformException.class, () -> IdempotencyKey.of(values));
        assertThat(refused.reason()).isEqualTo(IdempotencyError.IDEMPOTENCY_KEY_MALFORMED);
        assertThat(refused.publicMessage()).contains("Idempotency-Key");
    }
}
