package ai.exaone.gateway.routing;

import ai.exaone.gateway.queue.QueueConfig;
import ai.exaone.gateway.queue.QueueListener;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What all models' places work with.
 *
 * @param random thread-safe
 * @param nanos a monotonic clock
 */
record RoutingParts(RandomGenerator random, LongSupplier nanos, QueueConfig config, QueueListener listener) {}
