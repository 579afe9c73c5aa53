/**
 * Processes as the operating system knows them, and what is written down about them in {@code run/}: one bare id in {@code
 * PART.pid}, the rest in {@code PART.state}. An id alone proves nothing, since ids are reused: {@link
 * ai.exaone.standalone.process.ProcessIdentity} adds the start time. Linux only, like the database's binaries.
 */
@NullMarked
package ai.exaone.standalone.process;

import org.jspecify.annotations.NullMarked;
