/** Owns signing in: the device authorization grant (RFC 8628) against the installation's realm. */
@NullMarked
package ai.exaone.cli.login;

import org.jspecify.annotations.NullMarked;
