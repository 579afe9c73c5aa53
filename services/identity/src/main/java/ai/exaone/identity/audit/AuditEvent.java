package ai.exaone.identity.audit;

import ai.exaone.identity.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * One act, recorded.
 *
 * @param id {@code aud_…}
 * @param tenantId empty for the installation's own
 * @param target what it was done to; may be empty
 * @param before a JSON object; empty for creations
 * @param after a JSON object; empty for deletions
 */
public record AuditEvent(
        String id,
        Optional<TenantId> tenantId,
        Instant time,
        Actor actor,
        String action,
        String target,
        Optional<String> before,
        Optional<String> after) {}
