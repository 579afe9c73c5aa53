/**
 * Owns batches: many calls of models that nobody waits for. {@link ai.exaone.gateway.batches.Batches} is what callers ask; {@link
 * ai.exaone.gateway.batches.BatchWorkers} takes batches up, one gateway at a time for each, and {@link
 * ai.exaone.gateway.batches.BatchWork} brings one on from state to state. What a line came to is in the database before it counts.
 */
@NullMarked
package ai.exaone.gateway.batches;

import org.jspecify.annotations.NullMarked;
