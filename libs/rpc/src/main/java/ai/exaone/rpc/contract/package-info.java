/**
 * Owns the reading of the public contracts: every RPC with an HTTP route, from the descriptors that the proto module ships. Enter at
 * {@link ai.exaone.rpc.contract.Contracts}.
 */
@NullMarked
package ai.exaone.rpc.contract;

import org.jspecify.annotations.NullMarked;
