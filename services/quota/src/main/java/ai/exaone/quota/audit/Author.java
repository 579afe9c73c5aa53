package ai.exaone.quota.audit;

import java.util.Set;

/**
 * Who makes a change, and from where.
 *
 * @param subject {@code usr_…}, {@code key_…} or {@code run_…}
 * @param permissions what it may do
 * @param requestId the request that makes the change; may be empty
 * @param clientAddress the caller's address; may be empty
 */
public record Author(String subject, Set<String> permissions, String requestId, String clientAddress) {
    public Author {
        permissions = Set.copyOf(permissions);
    }

    public boolean may(String permission) {
        return permissions.contains(permission);
    }
}
