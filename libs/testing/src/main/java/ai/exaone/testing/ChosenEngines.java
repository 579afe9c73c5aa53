package ai.exaone.testing;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands a test class each server that tests run on here, and a database on it: see {@link EveryEngine}. */
final class ChosenEngines implements ClassTemplateInvocationContextProvider {
    private static final String MYSQL_SWITCH = "EXAONE_TEST_MYSQL";

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
            ExtensionContext context) {
        String service =
                context.getRequiredTestClass().getAnnotation(EveryEngine.class).migrated();
        Stream<Engine> engines =
                "1".equals(System.getenv(MYSQL_SWITCH)) ? Stream.of(Engine.values()) : Stream.of(Engine.MARIADB);
        return engines.map(engine -> new Chosen(engine, service));
    }

    private record Chosen(Engine engine, String service) implements ClassTemplateInvocationContext, ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE =
                ExtensionContext.Namespace.create(EveryEngine.class);

        @Override
        public String getDisplayName(int invocationIndex) {
            return engine.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == Engine.class || type == TestDatabase.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            if (parameter.getParameter().getType() == Engine.class) {
                return engine;
            }
            // The store is the class's, for all servers; closed by JUnit with its last run.
            var database =
                    context.getStore(NAMESPACE).getOrComputeIfAbsent(engine, key -> create(), TestDatabase.class);
            database.clear();
            return database;
        }

        private TestDatabase create() {
            return service.isEmpty() ? TestDatabase.create(engine, "test") : TestDatabase.migrated(engine, service);
        }
    }
}
