/**
 * Owns secrets: values that agents' tools use by name. Sealed under the master key; only the service agents reads them
 * back. Enter at {@link ai.exaone.identity.secret.Secrets}.
 */
@NullMarked
package ai.exaone.identity.secret;

import org.jspecify.annotations.NullMarked;
