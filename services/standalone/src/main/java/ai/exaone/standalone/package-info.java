/**
 * The whole platform on one machine. {@code command} is what {@code ./exaone} calls; {@code supervisor} keeps the processes
 * running; {@code platform} says what they are; {@code home} is the folder that holds all that lasts; {@code settings} is
 * what the operator chose.
 */
@NullMarked
package ai.exaone.standalone;

import org.jspecify.annotations.NullMarked;
