/**
 * Owns what requests outside of {@code /v1} have in common, whatever they ask for: {@link ai.exaone.gateway.edge.Edge} gives each an id
 * and turns its failure into a {@link ai.exaone.gateway.edge.Problem} (RFC 9457).
 */
@NullMarked
package ai.exaone.gateway.edge;

import org.jspecify.annotations.NullMarked;
