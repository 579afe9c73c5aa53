package ai.exaone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.core.value.PropertyResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseSettingsTest {
    private static final String URL = "jdbc:mysql://127.0.0.1:3306/exaone_quota";

    @TempDir
    private Path folder;

    private Map<String, Object> given;

    @BeforeEach
    void giveWhatIsRequired() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "hunter2\n");
        given = new HashMap<>(Map.of(
                "exaone.database.quota.url",
                URL,
                "exaone.database.quota.user",
                "quota",
                "exaone.database.quota.password-file",
                file.toString()));
    }

    @Test
    void readsWhatIsRequired() {
        assertThat(read(PropertyConvention.JAVA_PROPERTIES)).isEqualTo(DatabaseConfig.of(URL, "quota", "hunter2"));
    }

    @Test
    void readsTheSizeOfThePool() {
        given.put("exaone.database.quota.max-connections", "7");

        assertThat(read(PropertyConvention.JAVA_PROPERTIES).maxConnections()).isEqualTo(7);
    }

    @Test
    void readsEnvironmentVariables() throws IOException {
        Path file = Files.writeString(folder.resolve("other"), "secret");
        given = Map.of(
                "EXAONE_DATABASE_MEMORY_MEBIBYTES", "64",
                "EXAONE_DATABASE_QUOTA_URL", URL,
                "EXAONE_DATABASE_QUOTA_USER", "quota",
                "EXAONE_DATABASE_QUOTA_PASSWORD_FILE", file.toString(),
                "EXAONE_DATABASE_QUOTA_MAX_CONNECTIONS", "3");

        assertThat(read(PropertyConvention.ENVIRONMENT_VARIABLE))
                .isEqualTo(DatabaseConfig.of(URL, "quota", "secret").withMaxConnections(3));
    }

    @Test
    void namesWhatIsMissing() {
        for (String key : Map.copyOf(given).keySet()) {
            Object value = given.remove(key);
            assertRefused(key);
            given.put(key, value);
        }
    }

    @Test
    void namesWhatIsWrong() {
        given.put("exaone.database.quota.max-connections", "many");
        assertRefused("exaone.database.quota.max-connections");
        given.put("exaone.database.quota.max-connections", "201");
        assertRefused("exaone.database.quota.max-connections");
        given.put("exaone.database.quota.url", "jdbc:postgresql://127.0.0.1/quota");
        assertRefused("exaone.database.quota.url");
        given.put(
                "exaone.database.quota.password-file", folder.resolve("nowhere").toString());
        assertRefused("exaone.database.quota.password-file");
    }

    @Test
    void findsNothingWhereThereIsNoAddress() {
        given.remove("exaone.database.quota.url");

        assertThat(find()).isEmpty();
    }

    @Test
    void findsWhatIsRequired() {
        assertThat(find()).contains(DatabaseConfig.of(URL, "quota", "hunter2"));
        given.remove("exaone.database.quota.user");
        assertThatIllegalArgumentException().isThrownBy(this::find).withMessageContaining("exaone.database.quota.user");
    }

    private void assertRefused(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(PropertyConvention.JAVA_PROPERTIES))
                .withMessageContaining(key);
    }

    private DatabaseConfig read(PropertyConvention convention) {
        return with(convention, settings -> DatabaseSettings.read("quota", settings));
    }

    private Optional<DatabaseConfig> find() {
        return with(PropertyConvention.JAVA_PROPERTIES, settings -> DatabaseSettings.find("quota", settings));
    }

    private <T> T with(PropertyConvention convention, Function<PropertyResolver, T> reading) {
        try (var context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .propertySources(PropertySource.of("given", given, convention))
                .start()) {
            return reading.apply(context);
        }
    }
}
