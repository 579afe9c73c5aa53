/**
 * Owns what a first start gives people to begin with: a demo tenant with a project, generous limits and a key, made through the public
 * API like anybody's. Enter at {@link ai.exaone.standalone.bootstrap.Bootstrap}.
 */
@NullMarked
package ai.exaone.standalone.bootstrap;

import org.jspecify.annotations.NullMarked;
