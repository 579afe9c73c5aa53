package ai.exaone.standalone.settings;

import ai.exaone.servers.InstallationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One setting by name from wherever it was given: flag, environment, file. Names are those of {@code config.yml} below
 * {@code exaone:}, with dots between levels: {@code tls.cert}, in the environment {@code EXAONE_TLS_CERT}.
 */
public final class SettingsSources {
    private final Map<String, String> flags;
    private final Map<String, String> environment;
    private final Map<String, String> file;

    private SettingsSources(Map<String, String> flags, Map<String, String> environment, Map<String, String> file) {
        this.flags = Map.copyOf(flags);
        this.environment = Map.copyOf(environment);
        this.file = Map.copyOf(file);
    }

    /**
     * The sources of one start.
     *
     * @param flags by setting name
     * @param configFile need not exist
     */
    public static SettingsSources of(Map<String, String> flags, Map<String, String> environment, Path configFile) {
        return new SettingsSources(flags, environment, read(configFile));
    }

    Optional<String> find(String name) {
        for (var value : new String[] {flags.get(name), environment.get(environmentName(name)), file.get(name)}) {
            if (value != null && !value.isBlank()) {
                return Optional.of(value.strip());
            }
        }
        return Optional.empty();
    }

    /** How the operator is told of a setting. */
    static String describe(String name) {
        return "--" + name.replace('.', '-') + " (" + environmentName(name) + ", or exaone." + name + " in config.yml)";
    }

    static String environmentName(String name) {
        return "EXAONE_" + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> read(Path configFile) {
        if (!Files.exists(configFile)) {
            return Map.of();
        }
        try {
            var document = new Load(LoadSettings.builder()
                            .setLabel(configFile.toString())
                            .build())
                    .loadFromString(Files.readString(configFile));
            var values = new HashMap<String, String>();
            if (document instanceof Map<?, ?> root && root.get("exaone") instanceof Map<?, ?> ours) {
                flatten("", ours, values);
            } else if (document != null) {
                throw new InstallationException(configFile + " must have one top-level key: exaone");
            }
            return values;
        } catch (MarkedYamlEngineException malformed) {
            var where = malformed
                    .getProblemMark()
                    .map(mark -> ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new InstallationException(
                    configFile + where + ": not valid YAML: " + malformed.getProblem(), malformed);
        } catch (YamlEngineException malformed) {
            throw new InstallationException(configFile + " is not valid YAML: " + malformed.getMessage(), malformed);
        } catch (IOException failure) {
            throw new InstallationException("Cannot read " + configFile + ": " + failure.getMessage(), failure);
        }
    }

    private static void flatten(String prefix, Map<?, ?> level, Map<String, String> values) {
        level.forEach((key, value) -> {
            if (value instanceof Map<?, ?> nested) {
                flatten(prefix + key + ".", nested, values);
            } else if (value != null) {
                values.put(prefix + key, value.toString());
            }
        });
    }
}
