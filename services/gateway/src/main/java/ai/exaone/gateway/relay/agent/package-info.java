/** Owns the way to agents: {@link ai.exaone.gateway.relay.agent.AgentUpstream} calls them over their inference door. */
@NullMarked
package ai.exaone.gateway.relay.agent;

import org.jspecify.annotations.NullMarked;
