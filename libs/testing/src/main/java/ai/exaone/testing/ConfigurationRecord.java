package ai.exaone.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfiguration;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.inject.BeanDefinitionReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a record of settings is made of them, as a service makes it at its start: with the {@code application-SERVICE.yml} of its
 * module, and without this machine's environment variables. A test gives every key, and what holds without it:
 *
 * <pre>{@code
 * var config = ConfigurationRecord.of(GatewayConfig.class);
 * config.assertDefaults(Map.of(), new GatewayConfig("gateway-1", 33_554_432));
 * config.assertReads(
 *         Map.of("exaone.gateway.id", "seoul-2", "exaone.gateway.longest-body-bytes", "1024"),
 *         new GatewayConfig("seoul-2", 1024));
 * config.assertRefuses(Map.of(), "exaone.gateway.longest-body-bytes", "many");
 * }</pre>
 */
public final class ConfigurationRecord<C extends Record> {
    private final Class<C> type;
    private final String prefix;

    private ConfigurationRecord(Class<C> type, String prefix) {
        this.type = type;
        this.prefix = prefix;
    }

    /** A record with {@link ConfigurationProperties}. */
    public static <C extends Record> ConfigurationRecord<C> of(Class<C> type) {
        return new ConfigurationRecord<>(
                type, type.getAnnotation(ConfigurationProperties.class).value());
    }

    /** The record is this one where only what must be set is set. */
    public void assertDefaults(Map<String, ?> required, C expected) {
        assertThat(read(required)).as("with no more than %s", required).isEqualTo(expected);
    }

    /**
     * The record is this one where each of its keys is set, and each key makes a difference.
     *
     * @param settings every key of the record, with a value that is not its default
     * @param others keys that exclude one of those, and are read in another such call
     */
    public void assertReads(Map<String, ?> settings, C expected, String... others) {
        assertThat(Stream.concat(settings.keySet().stream(), Stream.of(others)))
                .as("the keys of %s", type.getSimpleName())
                .containsExactlyInAnyOrderElementsOf(keys());
        assertThat(read(settings)).isEqualTo(expected);
        for (String key : settings.keySet()) {
            Map<String, Object> fewer = new HashMap<>(settings);
            fewer.remove(key);
            assertThat(readOrFail(fewer)).as("without %s", key).isNotEqualTo(expected);
        }
    }

    /** The service does not start with this value, and the failure names its key. */
    public void assertRefuses(Map<String, ?> required, String key, Object wrong) {
        Map<String, Object> settings = new HashMap<>(required);
        settings.put(key, wrong);
        assertNames(key, catchThrowable(() -> read(settings)));
    }

    /** The service does not start without this key, and the failure names it. */
    public void assertRequires(Map<String, ?> required, String key) {
        Map<String, Object> settings = new HashMap<>(required);
        settings.remove(key);
        assertNames(key, catchThrowable(() -> read(settings)));
    }

    private static void assertNames(String key, Throwable failure) {
        assertThat(failure).as("a start with %s as it is", key).isNotNull();
        assertThat(Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                        .map(cause -> String.valueOf(cause.getMessage())))
                .as("what is said of %s", key)
                .anyMatch(message -> message.contains(key));
    }

    private Object readOrFail(Map<String, ?> settings) {
        try {
            return read(settings);
        } catch (RuntimeException refused) {
            return refused;
        }
    }

    private List<String> keys() {
        return Stream.of(type.getRecordComponents())
                .map(component -> prefix + "." + NameUtils.hyphenate(component.getName()))
                .toList();
    }

    private C read(Map<String, ?> settings) {
        ApplicationContextBuilder builder = ApplicationContext.builder()
                .deduceEnvironment(false)
                .environments(service())
                .environmentPropertySource(false)
                .banner(false);
        try (var context = new OneRecord((ApplicationContextConfiguration) builder, type)) {
            context.getEnvironment().addPropertySource(PropertySource.of("given", Map.copyOf(settings)));
            context.start();
            return context.getBean(type);
        }
    }

    /** {@code quota} of {@code ai.exaone.quota.admission}. */
    private String service() {
        return type.getPackageName().split("\\.")[2];
    }

    /** A context of the framework's own beans and the record: no part of the service starts. */
    private static final class OneRecord extends DefaultApplicationContext {
        /** Of libs/rpc, in every service's context: refuses values that cannot be read. */
        private static final String SETTINGS_CHECK = "ai.exaone.rpc.SettingsCheck";

        private final String name;

        OneRecord(ApplicationContextConfiguration configuration, Class<?> type) {
            super(configuration);
            this.name = type.getName();
        }

        @Override
        @SuppressWarnings("rawtypes") // as it is declared
        protected List<BeanDefinitionReference> resolveBeanDefinitionReferences() {
            return super.resolveBeanDefinitionReferences().stream()
                    .filter(bean -> bean.getBeanDefinitionName().startsWith("io.micronaut.")
                            || bean.getName().equals(SETTINGS_CHECK)
                            || bean.getName().equals(name))
                    .toList();
        }
    }
}
