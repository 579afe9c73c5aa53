/**
 * Owns engines that are processes on this machine. {@link ai.exaone.serving.launcher.process.ProcessLauncher} starts them, and finds
 * those again that outlived the process which started them: what must be known of each is written down before it starts
 * ({@link ai.exaone.serving.launcher.process.EngineFiles}).
 */
@NullMarked
package ai.exaone.serving.launcher.process;

import org.jspecify.annotations.NullMarked;
