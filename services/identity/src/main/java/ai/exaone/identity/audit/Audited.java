package ai.exaone.identity.audit;

import java.util.Map;

/** A thing whose changes are recorded. */
public interface Audited {
    /** What the record names as changed, for example {@code key_…}; at most 128 characters. */
    String auditTarget();

    /** Its values before or after a change: texts, numbers, booleans and lists of them. Never a secret. */
    Map<String, Object> auditValues();
}
