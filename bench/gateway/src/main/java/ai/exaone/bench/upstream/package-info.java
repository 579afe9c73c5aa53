/**
 * An engine in place of a model: answers in OpenAI's shapes at once or at a set pace, and fails in the ways that engines fail, as
 * the model's name, a header or the body says. Enter at {@link ai.exaone.bench.upstream.ScriptedUpstream}.
 */
@NullMarked
package ai.exaone.bench.upstream;

import org.jspecify.annotations.NullMarked;
