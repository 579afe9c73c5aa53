package ai.exaone.quota.limit;

/** The gateways that follow the log of limits. Thread-safe. */
@FunctionalInterface
public interface LimitFollowers {
    /** Waits until every gateway that follows the log has put all its changes in force, or for a second: one may be cut off. */
    void awaitInForce();
}
