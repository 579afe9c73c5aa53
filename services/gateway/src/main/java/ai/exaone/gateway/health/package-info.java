/**
 * Owns what machines ask the gateway: {@link ai.exaone.gateway.health.HealthDoor} whether a chat can be answered,
 * {@link ai.exaone.gateway.health.MetricsDoor} how it goes.
 */
@NullMarked
package ai.exaone.gateway.health;

import org.jspecify.annotations.NullMarked;
