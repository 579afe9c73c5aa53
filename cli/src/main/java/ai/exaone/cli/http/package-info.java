/** Owns the way to the management API: one client, its problems and its event streams. */
@NullMarked
package ai.exaone.cli.http;

import org.jspecify.annotations.NullMarked;
