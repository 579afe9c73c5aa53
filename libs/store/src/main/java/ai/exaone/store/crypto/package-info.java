/**
 * Owns how secrets are kept: encrypted under the installation's one {@link ai.exaone.store.crypto.MasterKey}, each bound to the
 * place where it is stored; and digests.
 */
@NullMarked
package ai.exaone.store.crypto;

import org.jspecify.annotations.NullMarked;
