/** The commands of {@code ./exaone} that concern the installation itself: one class each, parsing and telling only. */
@NullMarked
package ai.exaone.standalone.command;

import org.jspecify.annotations.NullMarked;
