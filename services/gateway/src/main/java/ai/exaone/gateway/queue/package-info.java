/**
 * Owns whose turn it is when a model is busy: {@link ai.exaone.gateway.queue.FairQueue} gives each tenant its share of the places and lends what
 * others leave idle. Knows neither engines nor threads; {@code routing} asks it under a lock of its own.
 */
@NullMarked
package ai.exaone.gateway.queue;

import org.jspecify.annotations.NullMarked;
