package ai.exaone.gateway.relay.engine;

import ai.exaone.gateway.relay.Upstream;
import ai.exaone.gateway.routing.Replica;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections to all engines. Each event loop has pools of its own, one per replica, so that nothing of an exchange ever leaves
 * its loop. Thread-safe.
 */
public final class EngineConnections {
    private static final long SWEEP_SECONDS = 10;

    private final FastThreadLocal<Pools> pools = new FastThreadLocal<>() {
        @Override
        protected Pools initialValue() {
            return new Pools();
        }
    };

    /** An engine. */
    public Upstream to(Replica replica) {
        return (request, loop, listener) -> {
            EngineCall call = new EngineCall(pools.get().pool(replica, loop), request, listener);
            call.start();
            return call;
        };
    }

    /** The pools of one event loop. */
    private static final class Pools {
        private final Map<Replica, EnginePool> byReplica = new HashMap<>();
        private boolean swept;

        EnginePool pool(Replica replica, EventLoop loop) {
            if (!swept) {
                swept = true;
                loop.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
            }
            EnginePool pool = byReplica.get(replica);
            if (pool == null) {
                pool = new EnginePool(EngineAddress.of(replica), loop);
                byReplica.put(replica, pool);
            }
            return pool;
        }

        private void sweep() {
            for (Iterator<EnginePool> all = byReplica.values().iterator(); all.hasNext(); ) {
                EnginePool pool = all.next();
                pool.closeUnused();
                if (pool.isUnused()) {
                    all.remove();
                }
            }
        }
    }
}
