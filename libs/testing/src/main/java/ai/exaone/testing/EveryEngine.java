package ai.exaone.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class once on each database server. Its constructor may take a {@link TestDatabase}, which is made once for the
 * class and empty before each test, and the {@link Engine}:
 *
 * <pre>{@code
 * @EveryEngine(migrated = "identity")
 * class MySqlTenantStoreTest {
 *     private final TenantStore tenants;
 *
 *     MySqlTenantStoreTest(TestDatabase database) {
 *         tenants = new MySqlTenantStore(database.transactions());
 *     }
 * }
 * }</pre>
 *
 * <p>MariaDB always runs. MySQL runs where the environment has {@code EXAONE_TEST_MYSQL=1}: it needs root and a Debian with
 * {@code debootstrap}, and is installed into the user's cache at its first use.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@Tag("server")
@ExtendWith(ChosenEngines.class)
public @interface EveryEngine {
    /** The service whose migrations the database has; with the empty name it has no tables. */
    String migrated() default "";
}
