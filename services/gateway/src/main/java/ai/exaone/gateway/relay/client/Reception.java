package ai.exaone.gateway.relay.client;

import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Where callers arrive: the sockets that listen, the connections that stand, and how many exchanges are under way. Thread-safe. */
public final class Reception {
    private final Set<Channel> sockets = ConcurrentHashMap.newKeySet();
    private final Set<CallerConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger exchanges = new AtomicInteger();
    private volatile boolean closing;

    void listens(Channel socket) {
        sockets.add(socket);
    }

    void connected(CallerConnection connection) {
        connections.add(connection);
    }

    void disconnected(CallerConnection connection) {
        connections.remove(connection);
    }

    void began() {
        exchanges.incrementAndGet();
    }

    void ended() {
        exchanges.decrementAndGet();
    }

    /** Whether callers may stay: false once {@link #announceEnd} was called. */
    public boolean isOpen() {
        return !closing;
    }

    /** Exchanges whose request began to arrive and whose answer is not written. */
    public int exchanges() {
        return exchanges.get();
    }

    /** Connections that stand, idle ones too. */
    public int connections() {
        return connections.size();
    }

    /** From now on each answer is its connection's last, and says so. */
    public void announceEnd() {
        closing = true;
    }

    /** Takes no more connections; those that stand are served on. Returns when that is so. */
    public void closeSockets() {
        sockets.forEach(socket -> socket.close().syncUninterruptibly());
    }

    /** Closes the connections on which nothing is under way; they are closed soon after this returns. */
    public void closeIdle() {
        connections.forEach(CallerConnection::closeIfIdle);
    }
}
