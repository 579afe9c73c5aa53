/** Owns how engines come to be: a {@link ai.exaone.serving.launcher.Launcher} for each way, all giving {@link ai.exaone.serving.launcher.Engine}s. */
@NullMarked
package ai.exaone.serving.launcher;

import org.jspecify.annotations.NullMarked;
