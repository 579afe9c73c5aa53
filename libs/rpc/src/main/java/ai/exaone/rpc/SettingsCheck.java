package ai.exaone.rpc;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Refuses a record of settings whose default stands for a value that somebody gave and that cannot be read: the framework would
 * go on without a word.
 */
@Singleton
@Requires(property = ServiceLauncher.SERVICE_PROPERTY)
final class SettingsCheck implements BeanCreatedEventListener<Record> {
    private final Environment settings;

    SettingsCheck(Environment settings) {
        this.settings = settings;
    }

    @Override
    public Record onCreated(BeanCreatedEvent<Record> event) {
        for (Argument<?> component : event.getBeanDefinition().getConstructor().getArguments()) {
            component
                    .getAnnotationMetadata()
                    .stringValue(Property.class, "name")
                    .ifPresent(key -> check(key, component));
        }
        return event.getBean();
    }

    private void check(String key, Argument<?> component) {
        String given = settings.getProperty(key, String.class).orElse("");
        if (!given.isBlank() && !canBeRead(key, given, component)) {
            throw new IllegalArgumentException(
                    key + " must be " + wanted(component.getType()) + ", not '" + given + "'");
        }
    }

    private boolean canBeRead(String key, String given, Argument<?> component) {
        if (component.getType() == boolean.class) {
            // The framework takes every other word for false.
            return given.strip().equals("true") || given.strip().equals("false");
        }
        // Without the component's annotations, among which is its default.
        Argument<?> kind = Argument.of(component.getType(), component.getTypeParameters());
        return settings.getProperty(key, kind).isPresent();
    }

    private static String wanted(Class<?> type) {
        if (type == Duration.class) {
            return "a length of time such as 500ms, 30s, 5m, 2h or 30d";
        }
        if (type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == URI.class) {
            return "a URL";
        }
        return type == Path.class ? "a path" : "of the kind that docs/operators.md says";
    }
}
