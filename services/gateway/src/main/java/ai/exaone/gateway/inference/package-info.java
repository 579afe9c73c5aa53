/**
 * Owns the one way to run inference: {@link ai.exaone.gateway.inference.Inference} authorises, admits, routes, relays and settles.
 * Its doors are {@link ai.exaone.gateway.inference.OpenAiDoor} for outside callers, {@link ai.exaone.gateway.inference.ConsoleDoor}
 * for people, {@link ai.exaone.gateway.inference.RpcDoor} for the platform's own services. All of them are bytes in, bytes out.
 */
@NullMarked
package ai.exaone.gateway.inference;

import org.jspecify.annotations.NullMarked;
