package ai.exaone.rpc.interceptor;

import ai.exaone.errors.FieldViolation;
import com.google.protobuf.Message;
import java.util.List;

/** Refuses requests that set what only the platform sets, change what never changes, or leave out what must be there. */
final class FieldBehaviourInterceptor extends RequestInterceptor {
    @Override
    void check(Message request) {
        List<FieldViolation> violations = new FieldBehaviourCheck(request).violations();
        if (!violations.isEmpty()) {
            throw ValidationInterceptor.invalid(violations);
        }
    }
}
