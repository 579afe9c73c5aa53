/**
 * Owns the way of a management request between HTTP and gRPC, the same for every RPC: {@link ai.exaone.gateway.management.transcode.ApiRoutes}
 * finds the RPC, {@link ai.exaone.gateway.management.transcode.RequestBinder} makes its request from path, query and body, and
 * {@link ai.exaone.gateway.management.transcode.Backends} calls the service that has it. Nothing here knows a single RPC by name.
 */
@NullMarked
package ai.exaone.gateway.management.transcode;

import org.jspecify.annotations.NullMarked;
