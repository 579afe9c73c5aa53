package ai.exaone.rpc.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcConfig;
import ai.exaone.rpc.RpcServer;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.interceptor.RpcServerInterceptors;
import ai.exaone.rpc.token.TokenVerifier;
import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Followers of a log over a real server, which comes and goes. */
class WatchTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final RpcConfig config =
            new RpcConfig("in-process", UUID.randomUUID().toString(), 0, "127.0.0.1", null, null);
    private final RpcChannels channels = new RpcChannels(ServiceName.GATEWAY, config);
    private final InMemoryLog log = new InMemoryLog();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private WatchServer watches = new WatchServer(List.of(log));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        channels.close();
    }

    @Test
    void aFollowerHasTheStateAndThenEveryChange() {
        log.put("a", "1");
        serve();
        Copy copy = follow("one");
        await().until(() -> copy.entries.equals(Map.of("a", "1")));
        log.put("b", "2");
        log.delete("a");
        watches.changed("keys");
        await().until(() -> copy.entries.equals(Map.of("b", "2")));
        assertThat(copy.states).hasValue(1);
    }

    @Test
    void followersKnowHowManyTheyAre() {
        serve();
        Copy one = follow("one");
        await().until(() -> one.place.equals("0 of 1"));
        Copy two = follow("two");
        Copy another = follow("another");
        await().until(() -> one.place.equals("1 of 3") && two.place.equals("2 of 3") && another.place.equals("0 of 3"));
    }

    @Test
    void aChangeIsHeardWithoutBeingTold() {
        serve();
        Copy copy = follow("one");
        log.put("a", "1");
        await().until(() -> copy.entries.equals(Map.of("a", "1")));
    }

    @Test
    void aFollowerResumesWhereItWas() {
        log.put("a", "1");
        RpcServer first = serve();
        Copy copy = follow("one");
        await().until(() -> copy.entries.containsKey("a"));
        opened.remove(first);
        first.close();
        log.put("b", "2");
        watches = new WatchServer(List.of(log));
        serve();
        await().until(() -> copy.entries.equals(Map.of("a", "1", "b", "2")));
        assertThat(copy.states).hasValue(1);
    }

    @Test
    void aFollowerThatIsTooFarBehindStartsAgain() {
        log.put("a", "1");
        RpcServer first = serve();
        Copy copy = follow("one");
        await().until(() -> copy.entries.containsKey("a"));
        opened.remove(first);
        first.close();
        log.delete("a");
        log.put("b", "2");
        log.forget();
        watches = new WatchServer(List.of(log));
        serve();
        await().until(() -> copy.entries.equals(Map.of("b", "2")));
        assertThat(copy.states).hasValue(2);
    }

    @Test
    void manyEntriesArriveInParts() {
        for (int i = 0; i < 1_201; i++) {
            log.put("key" + i, "v" + i);
        }
        serve();
        Copy copy = follow("one");
        await().until(() -> copy.entries.size() == 1_201);
        assertThat(copy.states).hasValue(1);
    }

    @Test
    void aChangeIsAcknowledgedWhenItIsInForceEverywhere() {
        serve();
        Copy quick = follow("quick");
        Copy slow = follow("slow");
        await().until(() -> quick.states.get() >= 1 && slow.states.get() >= 1);
        CountDownLatch gate = new CountDownLatch(1);
        slow.gate = gate;
        long revision = log.put("a", "1");
        await().until(() -> watches.awaitAcknowledged("keys", revision, Duration.ofMillis(300))
                .equals(List.of("slow")));
        assertThat(quick.entries).containsEntry("a", "1");
        gate.countDown();
        assertThat(watches.awaitAcknowledged("keys", revision, SOON)).isEmpty();
        assertThat(slow.entries).containsEntry("a", "1");
    }

    @Test
    void aQuietWatchReadsItsLogOnlyAtHeartbeats() {
        serve();
        Copy copy = follow("one");
        await().until(() -> copy.states.get() >= 1);
        long begun = System.nanoTime();
        int before = log.reads.get();
        await().pollDelay(Duration.ofSeconds(1)).until(() -> log.reads.get() > before);
        int reads = log.reads.get() - before;
        long heartbeats = (System.nanoTime() - begun) / WatchServer.HEARTBEAT.toNanos();
        assertThat(reads).isLessThan((int) (4 * heartbeats + 4));
    }

    @Test
    void silenceIsMeasured() {
        Copy never = follow("one");
        assertThat(never.follower.silence()).isGreaterThan(Duration.ofDays(1));
        RpcServer server = serve();
        await().until(() -> never.follower.silence().compareTo(Duration.ofSeconds(1)) < 0);
        opened.remove(server);
        server.close();
        await().until(() -> never.follower.silence().compareTo(Duration.ofSeconds(1)) > 0);
    }

    private RpcServer serve() {
        TokenVerifier noTokens = new TokenVerifier(keyId -> Optional.empty(), Clock.systemUTC());
        RpcServer server = RpcServer.start(
                ServiceName.IDENTITY,
                config,
                List.of(watches),
                RpcServerInterceptors.inOrder(noTokens, new SimpleMeterRegistry(), session -> Optional.empty()));
        opened.add(server);
        return server;
    }

    private Copy follow(String watcherId) {
        Copy copy = new Copy();
        copy.follower =
                WatchFollower.follow(channels.to(ServiceName.IDENTITY), "keys", watcherId, copy, System::nanoTime);
        opened.add(copy.follower);
        return copy;
    }

    /** What one follower knows. */
    private static final class Copy implements WatchListener {
        private final Map<String, String> entries = new ConcurrentSkipListMap<>();
        private final AtomicInteger states = new AtomicInteger();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile String place = "";
        private WatchFollower follower;

        @Override
        public void onState(List<Entry> state) {
            entries.clear();
            state.forEach(this::apply);
            states.incrementAndGet();
        }

        @Override
        public void onChange(Entry entry) {
            try {
                assertThat(gate.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            apply(entry);
        }

        @Override
        public void onWatchers(int position, int watchers) {
            place = position + " of " + watchers;
        }

        private void apply(Entry entry) {
            if (entry.getDeleted()) {
                entries.remove(entry.getKey());
            } else {
                entries.put(entry.getKey(), entry.getValue().toStringUtf8());
            }
        }
    }

    /** A log in memory. */
    private static final class InMemoryLog implements WatchSource {
        private final Map<String, Entry> entries = new TreeMap<>();
        private final List<Change> changes = new ArrayList<>();
        private final AtomicInteger reads = new AtomicInteger();
        private long revision;

        synchronized long put(String key, String value) {
            return append(Entry.newBuilder()
                    .setKey(key)
                    .setValue(ByteString.copyFromUtf8(value))
                    .build());
        }

        synchronized long delete(String key) {
            return append(Entry.newBuilder().setKey(key).setDeleted(true).build());
        }

        synchronized void forget() {
            changes.clear();
        }

        private long append(Entry entry) {
            revision++;
            if (entry.getDeleted()) {
                entries.remove(entry.getKey());
            } else {
                entries.put(entry.getKey(), entry);
            }
            changes.add(
                    Change.newBuilder().setRevision(revision).setEntry(entry).build());
            return revision;
        }

        @Override
        public String log() {
            return "keys";
        }

        @Override
        public synchronized State state() {
            return new State(revision, List.copyOf(entries.values()));
        }

        @Override
        public synchronized Optional<List<Change>> changes(long after, int limit) {
            reads.incrementAndGet();
            List<Change> next = changes.stream()
                    .filter(change -> change.getRevision() > after)
                    .limit(limit)
                    .toList();
            boolean gap = after < revision && (next.isEmpty() || next.getFirst().getRevision() != after + 1);
            return gap || after > revision ? Optional.empty() : Optional.of(next);
        }
    }
}
