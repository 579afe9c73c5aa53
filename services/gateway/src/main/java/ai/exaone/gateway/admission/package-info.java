/**
 * Owns whether a call may use what it asks for: {@link ai.exaone.gateway.admission.Admission} holds the most it can use before it is
 * forwarded and settles what it used after; {@link ai.exaone.gateway.admission.InputEstimator} says how much its input can be.
 */
@NullMarked
package ai.exaone.gateway.admission;

import org.jspecify.annotations.NullMarked;
