/** Owns the command line: {@link ai.exaone.cli.ExaoneCommand} lists its commands. */
@NullMarked
package ai.exaone.cli;

import org.jspecify.annotations.NullMarked;
