/** Owns the steps that reach outside: {@link ai.exaone.agents.step.ModelStep} and {@link ai.exaone.agents.step.ToolStep}. */
@NullMarked
package ai.exaone.agents.step;

import org.jspecify.annotations.NullMarked;
