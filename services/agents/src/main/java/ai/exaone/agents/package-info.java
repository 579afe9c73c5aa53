/**
 * Owns agents: what they are, which release of each answers, and the runs in which they answer.
 * {@link ai.exaone.agents.AgentsFactory} shows the whole of it; the README tells it in one page.
 */
@Configuration
@Requires(property = "exaone.service", value = "agents")
@NullMarked
package ai.exaone.agents;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
