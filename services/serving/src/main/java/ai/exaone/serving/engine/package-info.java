/**
 * Owns what is known of each kind of engine: {@link ai.exaone.serving.engine.EngineProfiles} reads the profiles, which are data
 * ({@code profiles.yml}).
 */
@NullMarked
package ai.exaone.serving.engine;

import org.jspecify.annotations.NullMarked;
