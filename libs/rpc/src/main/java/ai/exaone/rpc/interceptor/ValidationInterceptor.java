package ai.exaone.rpc.interceptor;

import ai.exaone.errors.FieldViolation;
import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import java.util.List;

/** Checks requests against the protovalidate rules in their protos. */
final class ValidationInterceptor extends RequestInterceptor {
    private final Validator validator;

    ValidationInterceptor(Validator validator) {
        this.validator = validator;
    }

    @Override
    void check(Message request) {
        List<FieldViolation> violations;
        try {
            ValidationResult result = validator.validate(request);
            violations = result.getViolations().stream()
                    .map(ValidationInterceptor::violation)
                    .toList();
        } catch (ValidationException unusableRules) {
            throw PlatformException.internal(unusableRules);
        }
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
    }

    /** The refusal of a request for what its fields hold. */
    static PlatformException invalid(List<FieldViolation> violations) {
        FieldViolation first = violations.getFirst();
        String sentence = first.field().isEmpty()
                ? "The request is not valid: " + first.description()
                : "The field " + first.field() + " is not valid: " + first.description();
        return PlatformException.because(PlatformError.INVALID_REQUEST, sentence)
                .violations(violations)
                .build();
    }

    private static FieldViolation violation(Violation violation) {
        build.buf.validate.Violation proto = violation.toProto();
        String description = proto.getMessage().isBlank() ? proto.getRuleId() : proto.getMessage();
        return new FieldViolation(path(proto.getField()), description);
    }

    private static String path(FieldPath path) {
        StringBuilder text = new StringBuilder();
        for (FieldPathElement element : path.getElementsList()) {
            if (!text.isEmpty()) {
                text.append('.');
            }
            text.append(element.getFieldName());
            switch (element.getSubscriptCase()) {
                case INDEX -> text.append('[').append(element.getIndex()).append(']');
                case STRING_KEY ->
                    text.append("[\"").append(element.getStringKey()).append("\"]");
                case BOOL_KEY -> text.append('[').append(element.getBoolKey()).append(']');
                case INT_KEY -> text.append('[').append(element.getIntKey()).append(']');
                case UINT_KEY -> text.append('[').append(element.getUintKey()).append(']');
                case SUBSCRIPT_NOT_SET -> {}
            }
        }
        return text.toString();
    }
}
