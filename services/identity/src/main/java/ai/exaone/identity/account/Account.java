package ai.exaone.identity.account;

import ai.exaone.identity.membership.Role;
import ai.exaone.identity.tenant.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A caller, and what it may do where.
 *
 * @param subject {@code usr_…} or {@code key_…}
 * @param email empty for a key
 * @param platformPermissions on the whole installation
 */
record Account(String subject, String email, String displayName, Set<String> platformPermissions, List<Place> places) {
    Account {
        platformPermissions = Set.copyOf(platformPermissions);
        places = List.copyOf(places);
    }

    /**
     * What the caller may do in one tenant.
     *
     * @param role empty for a platform admin who is no member, and for a key
     * @param projectId the one project a key is bound to
     */
    record Place(Tenant tenant, Optional<Role> role, Set<String> permissions, Optional<String> projectId) {
        Place {
            permissions = Set.copyOf(permissions);
        }
    }
}
