/**
 * Owns how a failure is named: a stable {@link ai.exaone.errors.ErrorReason} in one {@link ai.exaone.errors.ErrorCategory}, carried by
 * {@link ai.exaone.errors.PlatformException}. Each feature keeps its own enum of reasons; the edges turn them into wire answers.
 */
@NullMarked
package ai.exaone.errors;

import org.jspecify.annotations.NullMarked;
