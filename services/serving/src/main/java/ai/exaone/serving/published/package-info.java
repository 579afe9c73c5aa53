/**
 * Owns logs of state that is worked out here and followed elsewhere: {@link ai.exaone.serving.published.MySqlPublishedLog} keeps the
 * present entries and records only what differs, so that a restart that finds everything as it was changes nothing.
 */
@NullMarked
package ai.exaone.serving.published;

import org.jspecify.annotations.NullMarked;
