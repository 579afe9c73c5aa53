/**
 * Owns that a creation with a request id happens once: a service claims its {@link ai.exaone.store.creation.CreationRequest} in
 * {@link ai.exaone.store.creation.MySqlCreations} within the transaction that makes the resource.
 */
@NullMarked
package ai.exaone.store.creation;

import org.jspecify.annotations.NullMarked;
