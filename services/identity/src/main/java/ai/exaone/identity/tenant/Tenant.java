package ai.exaone.identity.tenant;

import ai.exaone.identity.audit.Audited;
import ai.exaone.identity.id.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/**
 * A partner company.
 *
 * @param name short and unique on the installation: lower-case letters, digits and hyphens; never changes
 * @param displayName shown to people
 * @param timeZone in which its days and months begin
 */
public record Tenant(TenantId id, String name, String displayName, ZoneId timeZone, State state, Instant createdAt)
        implements Audited {
    /** Whether a tenant may use the platform. */
    public enum State {
        ACTIVE,
        /** Its keys and sessions are refused. */
        SUSPENDED
    }

    public static final ZoneId DEFAULT_TIME_ZONE = ZoneId.of("Asia/Seoul");

    public boolean isActive() {
        return state == State.ACTIVE;
    }

    public Tenant withDisplayName(String text) {
        return new Tenant(id, name, text, timeZone, state, createdAt);
    }

    public Tenant withTimeZone(ZoneId zone) {
        return new Tenant(id, name, displayName, zone, state, createdAt);
    }

    public Tenant withState(State next) {
        return new Tenant(id, name, displayName, timeZone, next, createdAt);
    }

    @Override
    public String auditTarget() {
        return id.value();
    }

    @Override
    public Map<String, Object> auditValues() {
        return Map.of("name", name, "displayName", displayName, "timeZone", timeZone.getId(), "state", state.name());
    }
}
