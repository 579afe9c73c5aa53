package ai.exaone.gateway;

import ai.exaone.rpc.watch.WatchFollower;

/**
 * The logs of other services that the gateway follows.
 *
 * @param keys identity's log of keys
 * @param routes serving's log of routes
 */
record Feeds(WatchFollower keys, WatchFollower routes) implements AutoCloseable {
    @Override
    public void close() {
        keys.close();
        routes.close();
    }
}
