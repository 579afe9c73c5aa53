/**
 * Owns connections to engines: each event loop has its own, pooled per replica. Enter at
 * {@link ai.exaone.gateway.relay.engine.EngineConnections}.
 */
@NullMarked
package ai.exaone.gateway.relay.engine;

import org.jspecify.annotations.NullMarked;
