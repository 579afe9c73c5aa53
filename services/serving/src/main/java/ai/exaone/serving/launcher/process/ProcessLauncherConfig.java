package ai.exaone.serving.launcher.process;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where engines run on this machine.
 *
 * @param python the interpreter with the engines' packages; empty where no engines are launched here
 * @param runDir for process ids and what else must be known of running engines; private to its owner
 * @param logsDir for the engines' logs
 * @param processors that engines may use
 */
public record ProcessLauncherConfig(Optional<Path> python, Path runDir, Path logsDir, int processors) {}
