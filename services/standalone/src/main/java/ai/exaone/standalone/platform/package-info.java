/**
 * What the parts are: the database, the services, the sign-in server, with their commands, their environment and how each is
 * known to be ready. Enter at {@link ai.exaone.standalone.platform.Installation}.
 */
@NullMarked
package ai.exaone.standalone.platform;

import org.jspecify.annotations.NullMarked;
