/** The event loops under the upstream and the load: epoll where the machine has it. */
@NullMarked
package ai.exaone.bench.transport;

import org.jspecify.annotations.NullMarked;
