/**
 * Who is measured: each starts as a process of its own in front of the same upstream and is ended afterwards. Enter at {@link
 * ai.exaone.bench.candidate.Target}.
 */
@NullMarked
package ai.exaone.bench.candidate;

import org.jspecify.annotations.NullMarked;
