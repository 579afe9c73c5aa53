/**
 * Owns runs: their journal ({@link ai.exaone.agents.run.RunEvent}), the fold that gives their state, the planner of the next step, the
 * leases under which workers advance them, and the watch that shows them. Enter at {@link ai.exaone.agents.run.RunEndpoint} from
 * outside and at {@link ai.exaone.agents.run.RunWorker} from inside.
 */
@NullMarked
package ai.exaone.agents.run;

import org.jspecify.annotations.NullMarked;
