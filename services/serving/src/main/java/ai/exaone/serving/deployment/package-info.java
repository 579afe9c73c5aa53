/** Owns what is asked for: which models are served, and how. Enter at {@link ai.exaone.serving.deployment.Deployments}. */
@NullMarked
package ai.exaone.serving.deployment;

import org.jspecify.annotations.NullMarked;
