package ai.exaone.gateway.signin;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.nio.file.Path;

/**
 * Under what cookies, and what is kept of callers, are sealed.
 *
 * @param secretsDir the folder with the installation's {@code master.key}
 */
@ConfigurationProperties("exaone")
public record SealConfig(Path secretsDir) {}
