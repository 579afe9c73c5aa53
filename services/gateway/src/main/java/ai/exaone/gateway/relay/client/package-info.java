/**
 * Owns callers' connections for the paths that are ours: {@link ai.exaone.gateway.relay.client.CallerPipeline} puts a
 * {@link ai.exaone.gateway.relay.client.CallerConnection} before the HTTP server's own handler, and each request becomes a
 * {@link ai.exaone.gateway.relay.client.HttpExchange}.
 */
@NullMarked
package ai.exaone.gateway.relay.client;

import org.jspecify.annotations.NullMarked;
