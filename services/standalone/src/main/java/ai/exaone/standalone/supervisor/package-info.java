/**
 * Keeps the parts of the platform running: {@link ai.exaone.standalone.supervisor.Supervisor} starts them in order, a {@link
 * ai.exaone.standalone.supervisor.PartRunner} each starts its part again whenever it ends. It knows nothing of what the parts
 * do.
 */
@NullMarked
package ai.exaone.standalone.supervisor;

import org.jspecify.annotations.NullMarked;
