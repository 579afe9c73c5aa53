package ai.exaone.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operators' page and the code name the same settings, with the same defaults. */
class SettingsAreDocumentedTest {
    private static final Path ROOT = Path.of(System.getProperty("exaone.root"));
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern READ = Pattern.compile("(?:find|number|existing|uri)\\(\\s*\"([a-z.-]+)\"");

    /** A key with its default; empty where it has none, or one that is worked out. */
    private record Setting(String key, Optional<String> byDefault) {}

    @Test
    void everySettingIsInTheOperatorsPage() throws IOException {
        Map<String, String> rows = rows();
        assertThat(rows.keySet()).containsAll(keysThatTheSupervisorReads());
        for (Setting setting : settingsOfTheServices()) {
            assertThat(rows).as("a row for " + setting.key()).containsKey(setting.key());
            setting.byDefault()
                    .ifPresent(value -> assertThat(rows.get(setting.key()))
                            .as("the row of " + setting.key())
                            .contains("`" + value + "`"));
        }
    }

    @Test
    void thePageNamesNoSettingThatIsNone() throws IOException {
        // Read by their names, not by a record: paths that a service's own configuration file passes on.
        var known = Stream.of(
                        settingsOfTheServices().stream().map(Setting::key),
                        keysThatTheSupervisorReads().stream(),
                        Stream.of("home", "tls.enabled"),
                        Stream.of("url", "user", "password-file", "max-connections")
                                .map(name -> "database.SERVICE." + name))
                .flatMap(keys -> keys)
                .toList();
        assertThat(known).containsAll(rows().keySet());
    }

    /** The rows of the page's settings by their keys; a row may have several. */
    private static Map<String, String> rows() throws IOException {
        var page = Files.readString(ROOT.resolve("docs/operators.md"));
        var rows = new TreeMap<String, String>();
        page.substring(page.indexOf("## Settings"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line ->
                        QUOTED.matcher(line.split("\\|")[1]).results().forEach(key -> rows.put(key.group(1), line)));
        return rows;
    }

    private static List<String> keysThatTheSupervisorReads() throws IOException {
        var reader =
                ROOT.resolve("services/standalone/src/main/java/ai/exaone/standalone/settings/SettingsReader.java");
        return READ.matcher(Files.readString(reader))
                .results()
                .map(call -> call.group(1))
                .distinct()
                .toList();
    }

    private static List<Setting> settingsOfTheServices() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("ai.exaone").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                        .map(JavaClass::reflect)
                        .flatMap(SettingsAreDocumentedTest::settings)
                        .collect(Collectors.toList());
    }

    private static Stream<Setting> settings(Class<?> type) {
        var prefix = (type.getAnnotation(ConfigurationProperties.class).value() + ".")
                .replaceFirst("^exaone\\.", "")
                .replaceFirst("^database\\.[a-z]+", "database.SERVICE");
        var parameters = type.getDeclaredConstructors()[0].getParameters();
        var components = type.getRecordComponents();
        return IntStream.range(0, components.length)
                .mapToObj(i -> new Setting(
                        prefix + kebab(components[i].getName()),
                        Arrays.stream(parameters[i].getAnnotationsByType(Bindable.class))
                                .map(Bindable::defaultValue)
                                .filter(value -> !value.isEmpty() && !prefix.isEmpty())
                                .findFirst()));
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
