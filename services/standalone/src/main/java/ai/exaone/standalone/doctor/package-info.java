/**
 * What keeps the platform from running on this machine, and what to do about it: {@link ai.exaone.standalone.doctor.Preflight}
 * before a start, {@link ai.exaone.standalone.doctor.Doctor} when asked.
 */
@NullMarked
package ai.exaone.standalone.doctor;

import org.jspecify.annotations.NullMarked;
