/**
 * Owns what is: the engines, each in its slot ({@link ai.exaone.serving.replica.Replica}), and the
 * {@link ai.exaone.serving.replica.Reconciler} that makes them what is asked for, by the steps that the pure
 * {@link ai.exaone.serving.replica.ReplicaPlanner} names.
 */
@NullMarked
package ai.exaone.serving.replica;

import org.jspecify.annotations.NullMarked;
