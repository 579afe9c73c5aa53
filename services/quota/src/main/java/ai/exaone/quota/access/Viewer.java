package ai.exaone.quota.access;

import ai.exaone.rpc.Principal;
import java.util.Optional;

/**
 * How much of a tenant a caller sees.
 *
 * @param projectId the one project that a key or run is bound to; empty for people, who see all of their tenant
 */
public record Viewer(Optional<String> projectId) {
    public static Viewer of(Principal principal) {
        return new Viewer(principal.projectId());
    }

    /** Whether something is to be seen that belongs to a project, or to the whole tenant where that is empty. */
    public boolean sees(String project) {
        return projectId.isEmpty() || projectId.get().equals(project);
    }

    /** The project to look at when one is asked for, or none: the caller's own, where it is bound to one. */
    public String projectWithin(String asked) {
        return asked.isEmpty() ? projectId.orElse("") : asked;
    }
}
