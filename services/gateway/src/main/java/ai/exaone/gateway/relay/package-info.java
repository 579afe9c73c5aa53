/**
 * Owns the way to what answers: an {@link ai.exaone.gateway.relay.Upstream} takes a request's bytes and gives back the answer's.
 * {@link ai.exaone.gateway.relay.EngineUpstream} is an engine over HTTP, {@link ai.exaone.gateway.relay.AgentUpstream} the agents
 * over their inference door.
 */
@NullMarked
package ai.exaone.gateway.relay;

import org.jspecify.annotations.NullMarked;
