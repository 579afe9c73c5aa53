package ai.exaone.gateway;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the edge needs to know of the installation.
 *
 * @param publicUrl its address as browsers see it, without a path
 * @param consoleDir the console's files; absent where no console is installed
 */
@ConfigurationProperties("exaone")
public record InstallationConfig(
        @Bindable(defaultValue = "http://127.0.0.1:8080") URI publicUrl,
        @Nullable Path consoleDir) {
    public InstallationConfig {
        if (!publicUrl.isAbsolute() || publicUrl.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "exaone.public-url must be absolute and end without a slash, unlike " + publicUrl);
        }
    }
}
