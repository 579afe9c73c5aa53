/**
 * Owns who may do what in a tenant: the roles and their permissions, members, invitations. A tenant's row is the lock
 * under which its memberships change, so that its last admin stays. Enter at {@link
 * ai.exaone.identity.membership.Members}.
 */
@NullMarked
package ai.exaone.identity.membership;

import org.jspecify.annotations.NullMarked;
