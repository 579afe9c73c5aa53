/**
 * Owns the one way to run inference: {@link ai.exaone.gateway.inference.Inference} prepares, records, admits, forwards and settles. Its
 * doors are {@link ai.exaone.gateway.inference.HttpDoor}, with an entrance for outside callers and one for people, and
 * {@link ai.exaone.gateway.inference.RpcDoor} for the platform's own services. All of them are bytes in, bytes out. A call runs on one
 * event loop and never blocks it: what may have to wait is a stage, and {@link ai.exaone.gateway.inference.Later} goes on with it.
 */
@NullMarked
package ai.exaone.gateway.inference;

import org.jspecify.annotations.NullMarked;
