/**
 * Owns the wire. An exchange has two ends on one event loop: the caller's is an {@link ai.exaone.gateway.relay.Answer}, the other an
 * {@link ai.exaone.gateway.relay.Upstream} that tells an {@link ai.exaone.gateway.relay.UpstreamListener} what it answers. {@code
 * client} has the callers' connections, {@code engine} those to engines, {@code agent} the way to agents. What is done with the bytes
 * between is the inference's.
 */
@NullMarked
package ai.exaone.gateway.relay;

import org.jspecify.annotations.NullMarked;
