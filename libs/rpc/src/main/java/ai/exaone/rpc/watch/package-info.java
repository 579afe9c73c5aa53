/**
 * Owns the watch protocol: how one service follows the state of another. The owner gives a {@link ai.exaone.rpc.watch.WatchSource}
 * for each of its logs; {@link ai.exaone.rpc.watch.WatchServer} serves them all. The other side enters at
 * {@link ai.exaone.rpc.watch.WatchFollower}.
 */
@NullMarked
package ai.exaone.rpc.watch;

import org.jspecify.annotations.NullMarked;
