package ai.exaone.gateway.management.transcode;

import ai.exaone.errors.FieldViolation;
import ai.exaone.errors.PlatformException;
import java.util.List;

/** Paths of fields as the caller sees them where the body is not the whole request but one field of it. */
public final class BodyPaths {
    private BodyPaths() {}

    /** The failure with its fields' paths beginning below the field that the body is. */
    public static PlatformException below(String field, PlatformException failure) {
        String prefix = field + ".";
        if (failure.violations().stream()
                .noneMatch(violation -> violation.field().startsWith(prefix))) {
            return failure;
        }
        List<FieldViolation> below = failure.violations().stream()
                .map(violation -> below(prefix, violation))
                .toList();
        String first = failure.violations().getFirst().field();
        PlatformException.Builder builder = PlatformException.because(
                        failure.reason(),
                        failure.publicMessage().replace(first, below.getFirst().field()))
                .metadata(failure.metadata())
                .violations(below)
                .cause(failure);
        failure.retryAfter().ifPresent(builder::retryAfter);
        return builder.build();
    }

    private static FieldViolation below(String prefix, FieldViolation violation) {
        return violation.field().startsWith(prefix)
                ? new FieldViolation(violation.field().substring(prefix.length()), violation.description())
                : violation;
    }
}
