/**
 * Owns agents and what is known of them: the specification and its checks ({@link ai.exaone.agents.agent.SpecificationReader}), drafts,
 * releases and deployments. Enter at {@link ai.exaone.agents.agent.AgentEndpoint} and {@link ai.exaone.agents.agent.ReleaseEndpoint}.
 */
@NullMarked
package ai.exaone.agents.agent;

import org.jspecify.annotations.NullMarked;
