/**
 * Owns tools of servers that speak the Model Context Protocol (revision 2025-06-18) over streamable HTTP:
 * {@link ai.exaone.agents.tool.mcp.McpSession} speaks it, {@link ai.exaone.agents.tool.mcp.McpTool} is one tool of a server.
 */
@NullMarked
package ai.exaone.agents.tool.mcp;

import org.jspecify.annotations.NullMarked;
