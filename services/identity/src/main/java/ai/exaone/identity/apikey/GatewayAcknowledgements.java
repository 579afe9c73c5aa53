package ai.exaone.identity.apikey;

import java.time.Duration;
import java.util.List;

/** What the gateways that follow the log {@code keys} have said. Thread-safe. */
@FunctionalInterface
public interface GatewayAcknowledgements {
    /** Waits until every live gateway has applied the log up to a revision; returns the names of those that had not in time. */
    List<String> await(long revision, Duration atMost);
}
