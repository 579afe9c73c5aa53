package ai.exaone.serving;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.nio.file.Path;

/**
 * What serving needs to know of the installation.
 *
 * @param secretsDir the folder with {@code master.key}
 * @param runDir for process ids and what else must be known of running engines
 * @param logsDir for the engines' logs
 */
@ConfigurationProperties("exaone")
public record InstallationConfig(Path secretsDir, Path runDir, Path logsDir) {}
