package ai.exaone.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCategoryTest {
    @Test
    void everyCategoryHasItsOwnGrpcCode() {
        assertThat(Arrays.stream(ErrorCategory.values()).map(ErrorCategory::grpcCode))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aCodeLeadsBackToItsCategory(ErrorCategory category) {
        assertThat(ErrorCategory.ofGrpcCode(category.grpcCode())).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({"2, INTERNAL", "11, INVALID_ARGUMENT", "15, INTERNAL", "99, INTERNAL", "-1, INTERNAL"})
    void codesWithoutACategoryOfTheirOwnFindTheNearest(int code, ErrorCategory expected) {
        assertThat(ErrorCategory.ofGrpcCode(code)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void statusesAreErrorsAndOnlyTransientOnesAreRetryable(ErrorCategory category) {
        assertThat(category.httpStatus()).isBetween(400, 599);
        assertThat(category.retryable())
                .isEqualTo(category == ErrorCategory.UNAVAILABLE || category == ErrorCategory.ABORTED);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHENTICATED, 16, 401",
        "PERMISSION_DENIED, 7, 403",
        "RESOURCE_EXHAUSTED, 8, 429",
        "NOT_FOUND, 5, 404",
        "UNAVAILABLE, 14, 503"
    })
    void theStatusesThatCallersRelyOn(ErrorCategory category, int grpcCode, int httpStatus) {
        assertThat(category.grpcCode()).isEqualTo(grpcCode);
        assertThat(category.httpStatus()).isEqualTo(httpStatus);
    }
}
