/** Owns tools that are one HTTP call, as a specification declares them: {@link ai.exaone.agents.tool.http.HttpCallTool}. */
@NullMarked
package ai.exaone.agents.tool.http;

import org.jspecify.annotations.NullMarked;
