/**
 * Owns how services talk to one another: channels and servers (in one process, or between processes over mutual TLS), who is
 * calling, and how failures cross the wire. Enter at {@link ai.exaone.rpc.ServiceLauncher} for a process, at
 * {@link ai.exaone.rpc.RpcChannels} for a client and at {@link ai.exaone.rpc.CallContext} inside an endpoint.
 */
@NullMarked
package ai.exaone.rpc;

import org.jspecify.annotations.NullMarked;
