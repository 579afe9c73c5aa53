package ai.exaone.gateway.relay.client;

import java.time.Duration;

/**
 * What is taken of requests.
 *
 * @param longestBody bytes of one body
 * @param timeout until a request has arrived whole
 * @param memory for bodies of all requests together
 */
public record RequestBounds(int longestBody, Duration timeout, BodyMemory memory) {}
