/**
 * Owns what happens to every call between services before its endpoint sees it, one concern a class: failures to wire statuses,
 * the caller, access, validation and field behaviour. {@link ai.exaone.rpc.interceptor.RpcServerInterceptors} gives their order.
 */
@NullMarked
package ai.exaone.rpc.interceptor;

import org.jspecify.annotations.NullMarked;
