/**
 * Owns how much may be used and what was: limits, admission, prices, and the usage ledger. {@link ai.exaone.quota.QuotaFactory} shows
 * the whole of it; the README tells it in one page.
 */
@Configuration
@Requires(property = "exaone.service", value = "quota")
@NullMarked
package ai.exaone.quota;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
