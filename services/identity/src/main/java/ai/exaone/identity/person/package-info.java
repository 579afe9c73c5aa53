/**
 * Owns people: who has signed in or was invited, as Keycloak's subject names them. Roles are the membership feature's.
 */
@NullMarked
package ai.exaone.identity.person;

import org.jspecify.annotations.NullMarked;
