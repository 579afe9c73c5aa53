/**
 * The servers of others that the platform stands on (database, sign-in), unpacked once per machine and ready to launch.
 * It builds command lines and prepares folders; whoever launches owns the process. Enter at {@link
 * ai.exaone.servers.SoftwareCache}, then {@code mariadb} and {@code keycloak}.
 */
@NullMarked
package ai.exaone.servers;

import org.jspecify.annotations.NullMarked;
