/**
 * Owns every call that leaves the platform for a tenant: {@link ai.exaone.agents.tool.outbound.OutboundClient} is the only client of
 * tools and MCP servers. It connects to no address that {@link ai.exaone.agents.tool.outbound.AddressPolicy} refuses, whatever name
 * led there, and bounds redirects, time and size.
 */
@NullMarked
package ai.exaone.agents.tool.outbound;

import org.jspecify.annotations.NullMarked;
