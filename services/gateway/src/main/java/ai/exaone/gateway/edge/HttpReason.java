package ai.exaone.gateway.edge;

import ai.exaone.errors.ErrorReason;

/** A reason that only HTTP knows, with a status that its category does not have. */
public interface HttpReason extends ErrorReason {
    /** The status of the HTTP answer. */
    int httpStatus();
}
