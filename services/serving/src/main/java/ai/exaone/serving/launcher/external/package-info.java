/** Owns engines that already run elsewhere. */
@NullMarked
package ai.exaone.serving.launcher.external;

import org.jspecify.annotations.NullMarked;
