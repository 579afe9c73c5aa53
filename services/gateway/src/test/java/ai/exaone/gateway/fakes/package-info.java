/**
 * Owns what stands around the gateway in its tests: an engine with scripted answers on a real socket, and small working services
 * behind real gRPC. {@link ai.exaone.gateway.fakes.GatewayCluster} starts them with a real gateway.
 */
@NullMarked
package ai.exaone.gateway.fakes;

import org.jspecify.annotations.NullMarked;
