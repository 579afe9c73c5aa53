package ai.exaone.audit;

import java.util.Map;
import java.util.Optional;

/**
 * Something that somebody did. Values are texts, numbers, truths, and lists of them; never secrets.
 *
 * @param tenantId the tenant; empty text for the installation's own
 * @param action what was done, for example {@code agent.create}
 * @param target what it was done to, for example {@code agt_…}
 * @param before values before; empty for creations
 * @param after values after; empty for deletions
 */
public record Act(
        String tenantId,
        String action,
        String target,
        Optional<Map<String, Object>> before,
        Optional<Map<String, Object>> after) {
    public Act {
        before = before.map(Map::copyOf);
        after = after.map(Map::copyOf);
    }

    public static Act created(String tenantId, String action, String target, Map<String, Object> after) {
        return new Act(tenantId, action, target, Optional.empty(), Optional.of(after));
    }

    public static Act changed(
            String tenantId, String action, String target, Map<String, Object> before, Map<String, Object> after) {
        return new Act(tenantId, action, target, Optional.of(before), Optional.of(after));
    }

    public static Act deleted(String tenantId, String action, String target, Map<String, Object> before) {
        return new Act(tenantId, action, target, Optional.of(before), Optional.empty());
    }
}
