/** Owns how answers are printed: tables for people, JSON for programs. */
@NullMarked
package ai.exaone.cli.output;

import org.jspecify.annotations.NullMarked;
