/**
 * Owns the OpenAPI 3.1 document of the management API, made from the contracts alone. Enter at
 * {@link ai.exaone.gateway.management.openapi.OpenApiDocument}.
 */
@NullMarked
package ai.exaone.gateway.management.openapi;

import org.jspecify.annotations.NullMarked;
