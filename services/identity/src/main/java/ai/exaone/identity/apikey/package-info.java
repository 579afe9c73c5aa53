/**
 * Owns API keys: their format, their hashes, their life, and the log {@code keys} that gateways follow. Enter at {@link
 * ai.exaone.identity.apikey.ApiKeys}.
 */
@NullMarked
package ai.exaone.identity.apikey;

import org.jspecify.annotations.NullMarked;
