/**
 * Owns the routing table that gateways follow: {@link ai.exaone.serving.route.RouteMessages} works out each model's way to its engines,
 * {@link ai.exaone.serving.route.RpcRouteLog} gives the log {@code routes} out.
 */
@NullMarked
package ai.exaone.serving.route;

import org.jspecify.annotations.NullMarked;
