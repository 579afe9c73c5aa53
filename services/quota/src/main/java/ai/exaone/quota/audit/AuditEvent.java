package ai.exaone.quota.audit;

import java.time.Instant;
import java.util.Map;

/**
 * One change, for the audit log.
 *
 * @param eventId {@code aud_…}
 * @param tenantId empty for the installation's own
 * @param action for example {@code limit.update}
 * @param target what it was done to
 * @param before values before; empty for creations
 * @param after values after; empty for deletions
 */
public record AuditEvent(
        String eventId,
        String tenantId,
        Instant at,
        Author author,
        String action,
        String target,
        Map<String, String> before,
        Map<String, String> after) {
    public AuditEvent {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }
}
