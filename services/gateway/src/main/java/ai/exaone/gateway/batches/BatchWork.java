package ai.exaone.gateway.batches;

import ai.exaone.gateway.auth.KeyCallers;
import ai.exaone.gateway.files.FileShelf;
import ai.exaone.store.StoredTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Brings a batch on, from state to state, as long as it may be worked on. Blocks. Thread-safe. */
public final class BatchWork {
    /** A batch that others may wait for is let go of after this. */
    private static final Duration STINT = Duration.ofMinutes(1);

    private final BatchJournal journal;
    private final FileShelf shelf;
    private final LineDoor door;
    private final KeyCallers callers;
    private final BatchesConfig config;
    private final Clock clock;
    private final LinePlaces places;

    public BatchWork(
            MySqlBatchJournal journal,
            FileShelf shelf,
            LineDoor door,
            KeyCallers callers,
            BatchesConfig config,
            Clock clock) {
        this.journal = journal;
        this.shelf = shelf;
        this.door = door;
        this.callers = callers;
        this.config = config;
        this.clock = clock;
        this.places = new LinePlaces(config.linesOfGateway(), door::running);
    }

    /**
     * Works on a batch until it has ended or is better let go of.
     *
     * @param takenNanos when the lease was asked for, on the monotonic clock
     * @param closing whether the gateway stops
     * @return how long nobody needs to take it up again
     * @throws LeaseLostException and nothing was written after that
     */
    Duration work(Lease lease, long takenNanos, BooleanSupplier closing) throws InterruptedException {
        Batch batch = journal.read(lease);
        HeldLease held = new HeldLease(journal, lease, config.lease(), System::nanoTime, takenNanos, batch.status());
        Turn turn = new Turn(held, () -> closing.getAsBoolean() || System.nanoTime() - takenNanos > STINT.toNanos());
        while (!batch.status().isEnd() && !closing.getAsBoolean()) {
            switch (batch.status()) {
                case VALIDATING -> turn.validate(batch);
                case IN_PROGRESS -> {
                    switch (turn.callLines(batch)) {
                        case LineRunner.Stop.Paused(Duration pause) -> {
                            return pause;
                        }
                        case LineRunner.Stop.Ended(Ending ending) -> journal.endLines(lease, ending, now());
                    }
                }
                case CANCELLING, FINALIZING -> turn.finish(batch);
                case COMPLETED, FAILED, EXPIRED, CANCELLED -> {}
            }
            batch = journal.read(lease);
        }
        return Duration.ZERO;
    }

    /** One time of holding a batch. */
    private final class Turn {
        private final HeldLease held;
        private final BooleanSupplier over;

        Turn(HeldLease held, BooleanSupplier over) {
            this.held = held;
            this.over = over;
        }

        void validate(Batch batch) {
            // A file that has expired since stays until the batch has ended.
            long length = shelf.length(
                    batch.scope(), batch.inputFileId(), batch.times().created());
            new InputValidation(journal, held, batch, config.mostLines()).run(reader(batch), length, clock);
        }

        LineRunner.Stop callLines(Batch batch) throws InterruptedException {
            held.record(List.of());
            LineRunner.Parts parts = new LineRunner.Parts(
                    journal,
                    door,
                    places,
                    () -> callers.of(batch.scope().tenantId(), batch.scope().projectId(), batch.keyId()),
                    over,
                    () -> !clock.instant().isBefore(batch.times().expires()));
            return new LineRunner(parts, held, batch, reader(batch), config.linesAtOnce()).run();
        }

        void finish(Batch batch) {
            if (batch.ending().isEmpty()) {
                journal.endLines(held.lease(), Ending.CANCELLED, now());
                return;
            }
            try (ResultFiles results = new ResultFiles(journal, shelf, held, batch, reader(batch))) {
                journal.publish(held.lease(), results.write(), now());
            }
        }

        private FileShelf.Reader reader(Batch batch) {
            return shelf.read(batch.inputFileId());
        }
    }

    private Instant now() {
        return StoredTime.of(clock.instant());
    }
}
