/**
 * Owns the files that browsers load: the console's below {@code /console/}, and the reference of the management API with its document.
 * Enter at {@link ai.exaone.gateway.pages.PagesDoor}.
 */
@NullMarked
package ai.exaone.gateway.pages;

import org.jspecify.annotations.NullMarked;
