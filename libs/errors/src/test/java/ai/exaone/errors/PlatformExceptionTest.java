package ai.exaone.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformExceptionTest {
    @Test
    void carriesWhatTheCallerMayKnow() {
        var failure = PlatformException.because(PlatformError.INVALID_REQUEST, "The request is not valid.")
                .metadata("limit", "60")
                .metadata(Map.of("model", "exaone-4.0-1.2b"))
                .retryAfter(Duration.ofSeconds(3))
                .violation("name", "must not be empty")
                .build();

        assertThat(failure.reason()).isEqualTo(PlatformError.INVALID_REQUEST);
        assertThat(failure.category()).isEqualTo(ErrorCategory.INVALID_ARGUMENT);
        assertThat(failure.publicMessage())
                .isEqualTo("The request is not valid.")
                .isEqualTo(failure.getMessage());
        assertThat(failure.metadata()).containsOnly(Map.entry("limit", "60"), Map.entry("model", "exaone-4.0-1.2b"));
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(failure.violations()).containsExactly(new FieldViolation("name", "must not be empty"));
        assertThat(failure).hasNoCause().hasToString("INVALID_REQUEST: The request is not valid.");
    }

    @Test
    void aShortFailureCarriesNothingElse() {
        var failure = new PlatformException(PlatformError.CANCELLED, "The caller went away.");

        assertThat(failure.metadata()).isEmpty();
        assertThat(failure.retryAfter()).isEmpty();
        assertThat(failure.violations()).isEmpty();
    }

    @Test
    void theCauseStaysOutOfTheText() {
        var cause = new IllegalStateException("password=hunter2");
        var failure = PlatformException.internal(cause);

        assertThat(failure).hasCause(cause);
        assertThat(failure.toString()).doesNotContain("hunter2");
        assertThat(failure.publicMessage()).doesNotContain("hunter2");
    }

    @Test
    void isNotChangedByItsBuilderAfterwards() {
        var violations = new ArrayList<>(List.of(new FieldViolation("a", "is wrong")));
        var builder = PlatformException.because(PlatformError.INVALID_REQUEST, "Wrong.")
                .violations(violations);
        var failure = builder.build();
        violations.clear();
        builder.violation("b", "is wrong").metadata("k", "v");

        assertThat(failure.violations()).hasSize(1);
        assertThat(failure.metadata()).isEmpty();
    }

    @Test
    void refusesWhatSaysNothingOrMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PlatformException(PlatformError.INTERNAL, " "));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        PlatformException.because(PlatformError.INTERNAL, "x").retryAfter(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new FieldViolation("name", ""));
    }

    @Test
    void aReceivedReasonSpeaksForItself() {
        ErrorReason reason = new ReceivedReason("QUOTA_EXCEEDED", ErrorCategory.RESOURCE_EXHAUSTED, true);

        assertThat(new PlatformException(reason, "Too many requests.").reason().retryable())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "quota", "QUOTA-EXCEEDED", "_X", "X_", "1X"})
    void aReceivedReasonHasAName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ReceivedReason(name, ErrorCategory.INTERNAL, false));
    }
}
