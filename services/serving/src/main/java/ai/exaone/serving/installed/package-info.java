/** Owns what the platform itself has put into the catalogue and deployed, so that it does so once. */
@NullMarked
package ai.exaone.serving.installed;

import org.jspecify.annotations.NullMarked;
