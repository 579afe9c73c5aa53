/** Owns the commands that are made from the contracts: one for every public RPC, none by hand. */
@NullMarked
package ai.exaone.cli.resource;

import org.jspecify.annotations.NullMarked;
