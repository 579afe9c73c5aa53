package ai.exaone.gateway.metering;

import ai.exaone.errors.PlatformException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of calls on this machine's disk: numbered segments of frames. Every entry is the kernel's when it is written, so that it
 * outlives this process; the disk follows within {@link SpoolConfig#syncInterval}. Thread-safe.
 */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final Duration SPACE_CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final CompletionStage<Void> WRITTEN = CompletableFuture.completedFuture(null);

    private final SpoolConfig config;
    private final Clock clock;
    private final SpoolDirectory directory;
    private final SpoolReader reader;
    private final SpoolSyncer syncer;
    /** Request id of each running call → the segment that holds its beginning. */
    private final Map<String, Long> running = new HashMap<>();

    /** Segments that are full and not yet on the disk. */
    private final Deque<SpoolSegment> filled = new ArrayDeque<>();

    /** No segment is older, as far as the one thread knows that deletes them. */
    private long oldest;

    private SpoolSegment segment;
    /** The one after it, made before it is needed: that takes the disk some time. */
    private @Nullable FutureTask<SpoolSegment> next;

    private long spaceCheckedAt;
    private boolean spaceLeft = true;

    private Spool(SpoolConfig config, Clock clock, SpoolDirectory directory) throws IOException {
        this.config = config;
        this.clock = clock;
        this.directory = directory;
        this.reader = new SpoolReader(directory);
        List<SpoolEntry.Ended> interrupted = new SpoolRecovery(directory, reader).recover();
        this.segment = create();
        for (SpoolEntry.Ended end : interrupted) {
            write(SpoolFrame.write(end));
        }
        syncWritten();
        this.syncer = new SpoolSyncer(config.syncInterval(), this::syncWritten);
        if (!interrupted.isEmpty()) {
            LOG.warn("{} calls were running when the gateway stopped; they end as interrupted", interrupted.size());
        }
    }

    /** Opens the spool in its directory: repairs it, and ends the calls that ran when the process stopped. */
    public static Spool open(SpoolConfig config, Clock clock) {
        try {
            return new Spool(config, clock, new SpoolDirectory(config.directory()));
        } catch (IOException refused) {
            throw notRecordable(refused);
        }
    }

    /**
     * Writes the beginning of a call.
     *
     * @return as of {@link #append}
     * @throws PlatformException {@link MeteringError#USAGE_NOT_RECORDABLE} when the disk is full or refuses
     */
    CompletionStage<Void> begin(String requestId, SpoolFrame.Message record) {
        requireSpace();
        return append(SpoolEntry.Kind.BEGUN, requestId, record);
    }

    /**
     * Writes progress or an end. Does not wait for the disk.
     *
     * @return completes when the entry is as safe as {@link SpoolConfig#sync} asks for
     * @throws PlatformException {@link MeteringError#USAGE_NOT_RECORDABLE} when the disk refuses
     */
    CompletionStage<Void> append(SpoolEntry.Kind kind, String requestId, SpoolFrame.Message record) {
        ByteBuffer frame = SpoolFrame.write(kind, record);
        long ticket;
        synchronized (this) {
            try {
                write(frame);
            } catch (IOException refused) {
                throw notRecordable(refused);
            }
            follow(kind, requestId);
            ticket = syncer.written();
        }
        boolean waits = config.sync() == SpoolSync.ALWAYS && kind != SpoolEntry.Kind.PROGRESSED;
        return waits ? syncer.synced(ticket) : WRITTEN;
    }

    /** Whether a call could begin now. */
    public synchronized boolean writable() {
        return spaceLeft();
    }

    /** The place after the last frame. */
    synchronized SpoolPosition end() {
        return new SpoolPosition(segment.number(), segment.length());
    }

    /** Collects at most {@code most} ended calls from a place on. */
    SpoolReader.Stretch read(SpoolPosition from, int most) throws IOException {
        return reader.read(from, end(), most);
    }

    /** Deletes segments that lie before a place, oldest first, up to the first that holds the beginning of a running call. */
    void deleteBefore(SpoolPosition drained) throws IOException {
        if (drained.segment() <= oldest) {
            return;
        }
        for (long number : directory.segments()) {
            oldest = number;
            if (number >= drained.segment() || !deletable(number)) {
                return;
            }
            directory.delete(number);
        }
    }

    @Override
    public void close() throws IOException {
        syncer.close();
        SpoolSegment last = closeFilled();
        last.sync();
        last.close();
        dropNext();
    }

    private synchronized boolean deletable(long number) {
        return number < segment.number() && running.values().stream().noneMatch(begun -> begun <= number);
    }

    private void follow(SpoolEntry.Kind kind, String requestId) {
        switch (kind) {
            case BEGUN -> running.put(requestId, segment.number());
            case PROGRESSED -> {}
            case ENDED -> running.remove(requestId);
        }
    }

    private void write(ByteBuffer frame) throws IOException {
        if (!segment.takes(frame.remaining())) {
            SpoolSegment following = next == null ? create() : takeNext();
            filled.add(segment);
            segment = following;
        }
        segment.append(frame);
        if (next == null && segment.halfFull()) {
            next = new FutureTask<>(this::create);
            Thread.ofPlatform().daemon().name("spool-prepare").start(next);
        }
    }

    private SpoolSegment takeNext() throws IOException {
        FutureTask<SpoolSegment> made = Objects.requireNonNull(next);
        next = null;
        try {
            return made.get();
        } catch (ExecutionException failed) {
            throw new IOException("The usage spool cannot grow", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the usage spool grew");
        }
    }

    private synchronized void dropNext() throws IOException {
        if (next != null) {
            SpoolSegment unused = takeNext();
            unused.close();
            directory.delete(unused.number());
        }
    }

    private SpoolSegment create() throws IOException {
        return directory.create(nextNumber(), config.segmentBytes());
    }

    /** Numbers follow the clock, so that a spool whose directory was lost never reuses a number the ledger knows. */
    private long nextNumber() throws IOException {
        List<Long> numbers = directory.segments();
        long last = numbers.isEmpty() ? 0 : numbers.getLast();
        return Math.max(last + 1, clock.millis());
    }

    private void syncWritten() throws IOException {
        SpoolSegment current = closeFilled();
        current.sync();
    }

    /** Takes full segments to the disk, and returns the one that is written. */
    private SpoolSegment closeFilled() throws IOException {
        while (true) {
            SpoolSegment oldest;
            synchronized (this) {
                oldest = filled.peek();
                if (oldest == null) {
                    return segment;
                }
            }
            oldest.sync();
            oldest.close();
            synchronized (this) {
                filled.remove();
            }
        }
    }

    private synchronized void requireSpace() {
        if (!spaceLeft()) {
            throw PlatformException.because(MeteringError.USAGE_NOT_RECORDABLE, "The platform cannot record usage now.")
                    .retryAfter(RETRY_AFTER)
                    .build();
        }
    }

    private boolean spaceLeft() {
        long now = clock.millis();
        if (Math.abs(now - spaceCheckedAt) >= SPACE_CHECK_INTERVAL.toMillis()) {
            spaceCheckedAt = now;
            try {
                spaceLeft = directory.freeBytes() >= config.reserveBytes();
            } catch (IOException unknown) {
                LOG.error("The usage spool's disk does not answer", unknown);
                spaceLeft = false;
            }
        }
        return spaceLeft;
    }

    private static PlatformException notRecordable(IOException refused) {
        return PlatformException.because(MeteringError.USAGE_NOT_RECORDABLE, "The platform cannot record usage now.")
                .retryAfter(RETRY_AFTER)
                .cause(refused)
                .build();
    }
}
