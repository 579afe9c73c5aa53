/** Owns what the command line remembers between calls: the installation, the sign-in and the defaults of tenant and project. */
@NullMarked
package ai.exaone.cli.profile;

import org.jspecify.annotations.NullMarked;
