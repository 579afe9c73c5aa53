/**
 * The only public edge of the platform. {@link ai.exaone.gateway.GatewayFactory} shows the data plane's parts and how they hang
 * together; the README tells it in one page.
 */
@Configuration
@Requires(property = "exaone.service", value = "gateway")
@NullMarked
package ai.exaone.gateway;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
