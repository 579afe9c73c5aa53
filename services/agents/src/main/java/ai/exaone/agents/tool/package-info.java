/**
 * Owns what a model may call: {@link ai.exaone.agents.tool.Toolboxes} opens the tools that a specification declares, each kind in a
 * package of its own, all through {@link ai.exaone.agents.tool.outbound.OutboundClient}.
 */
@NullMarked
package ai.exaone.agents.tool;

import org.jspecify.annotations.NullMarked;
