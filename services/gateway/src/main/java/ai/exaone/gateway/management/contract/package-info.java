/**
 * Owns the reading of the public contracts: every RPC with an HTTP route, from the descriptors that the proto module ships. Enter at
 * {@link ai.exaone.gateway.management.contract.Contracts}.
 */
@NullMarked
package ai.exaone.gateway.management.contract;

import org.jspecify.annotations.NullMarked;
