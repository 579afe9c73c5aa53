package ai.exaone.bench.upstream;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the upstream has seen since it started, or since it was told to forget. Thread-safe. */
final class Counters {
    private static final int MOST_MODELS = 1_000;

    /** How an exchange ended. */
    enum End {
        /** Its whole answer left. */
        COMPLETED,
        /** The script made it fail. */
        FAILED,
        /** Whoever asked left before its end. */
        ABORTED
    }

    private final LongAdder connections = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder pieces = new LongAdder();
    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder aborted = new LongAdder();
    private final AtomicLong active = new AtomicLong();
    private final AtomicLong mostActive = new AtomicLong();
    private final Map<String, LongAdder> models = new ConcurrentSkipListMap<>();

    void connected() {
        connections.increment();
    }

    /** A request that is answered by no script: without the key, or not to be understood. */
    void refused() {
        refused.increment();
    }

    void began(String model, int bytes) {
        requests.increment();
        bytesIn.add(bytes);
        mostActive.accumulateAndGet(active.incrementAndGet(), Math::max);
        LongAdder known = models.get(model);
        if (known != null) {
            known.increment();
        } else if (models.size() < MOST_MODELS) {
            models.computeIfAbsent(model, name -> new LongAdder()).increment();
        }
    }

    void piece() {
        pieces.increment();
    }

    void ended(End end) {
        active.decrementAndGet();
        switch (end) {
            case COMPLETED -> completed.increment();
            case FAILED -> failed.increment();
            case ABORTED -> aborted.increment();
        }
    }

    /** Forgets all but what is under way. */
    void forget() {
        Stream.of(connections, requests, refused, bytesIn, pieces, completed, failed, aborted)
                .forEach(LongAdder::reset);
        mostActive.set(active.get());
        models.clear();
    }

    String json() {
        String byModel = models.entrySet().stream()
                .map(model -> "\"" + model.getKey().replaceAll("[^A-Za-z0-9._:/-]", "?") + "\":"
                        + model.getValue().sum())
                .collect(Collectors.joining(",", "{", "}"));
        return ("{\"connections\":%d,\"requests\":%d,\"refused\":%d,\"bytes_in\":%d,\"pieces\":%d,\"completed\":%d,"
                        + "\"failed\":%d,\"aborted\":%d,\"active\":%d,\"most_active\":%d,\"models\":%s}")
                .formatted(
                        connections.sum(),
                        requests.sum(),
                        refused.sum(),
                        bytesIn.sum(),
                        pieces.sum(),
                        completed.sum(),
                        failed.sum(),
                        aborted.sum(),
                        active.get(),
                        mostActive.get(),
                        byModel);
    }
}
