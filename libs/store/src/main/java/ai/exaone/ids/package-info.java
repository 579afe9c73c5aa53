/**
 * Owns the ids of resources: made by {@link ai.exaone.ids.IdGenerator}, sortable by the time they were made. Each feature wraps
 * them in a type of its own ({@code record RunId(String value)}).
 */
@NullMarked
package ai.exaone.ids;

import org.jspecify.annotations.NullMarked;
