/**
 * Owns which engine answers: {@link ai.exaone.gateway.routing.RouteTable} is the copy of serving's log {@code routes},
 * {@link ai.exaone.gateway.routing.Router} picks the less loaded of two replicas and leaves those alone that cannot be reached.
 */
@NullMarked
package ai.exaone.gateway.routing;

import org.jspecify.annotations.NullMarked;
