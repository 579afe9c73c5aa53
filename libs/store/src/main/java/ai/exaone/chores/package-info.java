/** Owns what a service does without being asked: {@link ai.exaone.chores.Chore}s, each at its own pace. */
@NullMarked
package ai.exaone.chores;

import org.jspecify.annotations.NullMarked;
