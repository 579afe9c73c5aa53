/**
 * Owns who is who: tenants, projects, people and their roles, API keys, sessions, secrets, the audit log, and the internal tokens that
 * every other service verifies. {@link ai.exaone.identity.IdentityFactory} shows the whole of it; the README tells it in one page.
 */
@Configuration
@Requires(property = "exaone.service", value = "identity")
@NullMarked
package ai.exaone.identity;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
