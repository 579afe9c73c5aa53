/** Owns how a stored log is told over the watch protocol: {@link ai.exaone.identity.watch.RpcChanges}. */
@NullMarked
package ai.exaone.identity.watch;

import org.jspecify.annotations.NullMarked;
