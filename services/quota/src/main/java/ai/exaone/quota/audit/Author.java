package ai.exaone.quota.audit;

import java.util.Optional;
import java.util.Set;

/**
 * Who makes a change, and from where.
 *
 * @param subject {@code usr_…}, {@code key_…} or {@code run_…}
 * @param projectId the one project it is bound to; empty for people
 * @param permissions what it may do
 * @param requestId the request that makes the change; may be empty
 * @param clientAddress the caller's address; may be empty
 */
public record Author(
        String subject, Optional<String> projectId, Set<String> permissions, String requestId, String clientAddress) {
    public Author {
        permissions = Set.copyOf(permissions);
    }

    public boolean may(String permission) {
        return permissions.contains(permission);
    }

    /** Whether what belongs to a project is this author's to see; what belongs to none is seen by the tenant's people only. */
    public boolean sees(String project) {
        return projectId.isEmpty() || projectId.get().equals(project);
    }

    /** The project to look at when one is asked for, or none: the author's own, where it is bound to one. */
    public String projectWithin(String asked) {
        return asked.isEmpty() ? projectId.orElse("") : asked;
    }
}
