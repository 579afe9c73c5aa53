package ai.exaone.gateway.relay.client;

import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Where callers arrive: the sockets that listen, and how many exchanges are under way. Thread-safe. */
public final class Reception {
    private final Set<Channel> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger exchanges = new AtomicInteger();
    private volatile boolean closing;

    void listens(Channel socket) {
        sockets.add(socket);
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

    /** From now on each answer is its connection's last, and says so. */
    public void announceEnd() {
        closing = true;
    }

    /** Takes no more connections; those that stand are served on. Returns when that is so. */
    public void closeSockets() {
        sockets.forEach(socket -> socket.close().syncUninterruptibly());
    }
}
