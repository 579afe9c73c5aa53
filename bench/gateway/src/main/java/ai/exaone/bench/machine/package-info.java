/** What work costs on this machine, read from {@code /proc}: processor time and memory of process trees, and what others took meanwhile. */
@NullMarked
package ai.exaone.bench.machine;

import org.jspecify.annotations.NullMarked;
