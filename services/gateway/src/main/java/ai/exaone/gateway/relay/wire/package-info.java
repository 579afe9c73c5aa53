/** Reads what of HTTP/1.1 is plain enough to be read in place; both sides of the relay use it. */
@NullMarked
package ai.exaone.gateway.relay.wire;

import org.jspecify.annotations.NullMarked;
