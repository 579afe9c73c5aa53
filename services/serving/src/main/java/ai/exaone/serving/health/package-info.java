/** Owns how it is known whether an engine can answer: {@link ai.exaone.serving.health.EngineProbe} asks it. */
@NullMarked
package ai.exaone.serving.health;

import org.jspecify.annotations.NullMarked;
