/**
 * The serving service: which models there are, how they are deployed, the engines that run them, and the routes that gateways
 * follow. Everything is put together in {@link ai.exaone.serving.ServingFactory}.
 */
@Configuration
@Requires(property = "exaone.service", value = "serving")
@NullMarked
package ai.exaone.serving;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
