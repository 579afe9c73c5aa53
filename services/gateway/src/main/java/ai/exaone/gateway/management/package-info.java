/**
 * Owns the management API, {@code /api/v1}: one door for every RPC that has a route, and the document that describes them. Enter at
 * {@link ai.exaone.gateway.management.ManagementDoor}; proto/README.md tells how an RPC gets its route.
 */
@NullMarked
package ai.exaone.gateway.management;

import org.jspecify.annotations.NullMarked;
