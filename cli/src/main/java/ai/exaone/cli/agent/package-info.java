/** Owns the commands of an agent's life: init, dev, deploy, rollback, runs, logs. */
@NullMarked
package ai.exaone.cli.agent;

import org.jspecify.annotations.NullMarked;
