package ai.exaone.gateway.batches;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.batches.LineDoor.LineAnswer;
import ai.exaone.gateway.batches.LineDoor.LineCall;
import ai.exaone.gateway.files.FileShelf;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.OpenAiReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the lines of one batch, several at once, until all are done or there is a reason to let go of it. Whatever that reason is, the
 * calls that run come to their end first. For one thread.
 */
final class LineRunner {
    /** Why it stopped. */
    sealed interface Stop {
        /** No more lines are to be begun. */
        record Ended(Ending ending) implements Stop {}

        /** Others are to have a turn, or it is better to wait. */
        record Paused(Duration pause) implements Stop {}
    }

    /**
     * What it works with.
     *
     * @param caller who calls, as far as the key is still accepted
     * @param stopping whether to stop soon for a reason of the gateway's
     * @param expired whether the batch's time is over
     */
    record Parts(
            BatchJournal journal,
            LineDoor door,
            LinePlaces places,
            Supplier<Caller> caller,
            BooleanSupplier stopping,
            BooleanSupplier expired) {}

    private record Finished(BatchLine line, InputLine input, LineAnswer answer) {}

    private static final int PAGE = 200;
    private static final int FIRST_AT_ONCE = 2;
    private static final long TICK_MILLIS = 50;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Parts parts;
    private final HeldLease held;
    private final Batch batch;
    private final FileShelf.Reader input;
    private final int mostAtOnce;
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
    private final List<LineEnd> unwritten = new ArrayList<>();
    private final ArrayDeque<BatchLine> page = new ArrayDeque<>();
    /** Grows with each line that is done: what was refused a moment ago is not asked for in full at once. */
    private int atOnce = FIRST_AT_ONCE;

    private int running;
    private int lastLine;
    private boolean allBegun;
    private boolean keyRefused;
    private boolean again;
    private @Nullable Duration pause;

    LineRunner(Parts parts, HeldLease held, Batch batch, FileShelf.Reader input, int mostAtOnce) {
        this.parts = parts;
        this.held = held;
        this.batch = batch;
        this.input = input;
        this.mostAtOnce = mostAtOnce;
    }

    /**
     * Runs.
     *
     * @throws LeaseLostException and then nothing more is written; the calls that ran have come to their end
     */
    Stop run() throws InterruptedException {
        try {
            while (true) {
                boolean begun = begin();
                collect(begun);
                if (running == 0 && unwritten.isEmpty()) {
                    Optional<Stop> stop = stop();
                    if (stop.isPresent()) {
                        return stop.get();
                    }
                }
            }
        } finally {
            // A line is never called twice at once here: the books know both calls by the same name.
            while (running > 0) {
                finished.take();
                left();
            }
        }
    }

    private Optional<Stop> stop() {
        if (held.status() == BatchStatus.CANCELLING) {
            return Optional.of(new Stop.Ended(Ending.CANCELLED));
        }
        if (keyRefused) {
            return Optional.of(new Stop.Ended(Ending.KEY_REFUSED));
        }
        if (allBegun && !again && pause == null) {
            return Optional.of(new Stop.Ended(Ending.DONE));
        }
        if (parts.expired().getAsBoolean()) {
            return Optional.of(new Stop.Ended(Ending.EXPIRED));
        }
        if (pause != null) {
            return Optional.of(new Stop.Paused(pause));
        }
        if (allBegun) {
            return Optional.of(new Stop.Paused(AGAIN));
        }
        return parts.stopping().getAsBoolean() ? Optional.of(new Stop.Paused(Duration.ZERO)) : Optional.empty();
    }

    // Calling.

    /** Begins as many lines as may be called now; whether there were any. */
    private boolean begin() {
        boolean begun = false;
        while (mayBegin() && running < atOnce) {
            BatchLine line = page.isEmpty() ? nextPage() : page.peek();
            if (line == null || !parts.places().take()) {
                return begun;
            }
            page.remove();
            begun = true;
            call(line);
        }
        return begun;
    }

    private boolean mayBegin() {
        return held.status() == BatchStatus.IN_PROGRESS
                && !keyRefused
                && pause == null
                && !allBegun
                && !parts.stopping().getAsBoolean()
                && !parts.expired().getAsBoolean();
    }

    private @Nullable BatchLine nextPage() {
        page.addAll(parts.journal().open(held.lease(), lastLine, PAGE));
        if (page.isEmpty()) {
            allBegun = true;
            return null;
        }
        lastLine = page.getLast().number();
        return page.peek();
    }

    private void call(BatchLine line) {
        running++;
        InputLine read;
        try {
            read = InputLine.known(input.read(line.position(), line.length()));
        } catch (RuntimeException unreadable) {
            left();
            throw unreadable;
        }
        if (read.wantsStream()) {
            finished.add(new Finished(line, read, streamed()));
            return;
        }
        LineCall call =
                new LineCall(LineNames.request(batch.id(), line), parts.caller(), batch.endpoint(), read.body());
        parts.door().call(call).thenAccept(answer -> finished.add(new Finished(line, read, answer)));
    }

    private static LineAnswer streamed() {
        OpenAiError error = OpenAiError.of(
                PlatformException.because(OpenAiReason.PARAMETER_UNSUPPORTED, "Answers are not streamed in batches.")
                        .violation("stream", "Not in batches.")
                        .build());
        return new LineAnswer(error.status(), error.body(), error.code(), Optional.empty());
    }

    private void left() {
        running--;
        parts.places().leave();
    }

    // What came of it.

    private void collect(boolean begun) throws InterruptedException {
        Finished first = begun ? finished.poll() : finished.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            List<Finished> all = new ArrayList<>(List.of(first));
            finished.drainTo(all);
            all.forEach(this::take);
        }
        boolean write = !unwritten.isEmpty() || held.isDue();
        if (write && held.record(unwritten)) {
            unwritten.clear();
        } else if (write) {
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        }
    }

    private void take(Finished done) {
        left();
        switch (LineJudge.judge(done.line(), done.answer())) {
            case LineJudge.Verdict.Result(boolean succeeded) -> {
                atOnce = Math.min(mostAtOnce, atOnce + 1);
                result(done, succeeded);
            }
            case LineJudge.Verdict.KeyRefused ignored -> {
                keyRefused = true;
                result(done, false);
            }
            case LineJudge.Verdict.Later(boolean failed, Duration after) -> {
                again = true;
                pause = pause == null || pause.compareTo(after) < 0 ? after : pause;
                unwritten.add(new LineEnd.Again(done.line(), failed));
            }
        }
    }

    private void result(Finished done, boolean succeeded) {
        LineAnswer answer = done.answer();
        byte[] json = LineResult.isObject(answer.body())
                ? LineResult.answered(batch.id(), done.line(), done.input().customId(), answer.status(), answer.body())
                : LineResult.uncalled(
                        batch.id(),
                        done.line(),
                        done.input().customId(),
                        "answer_unreadable",
                        "The model's answer is not a JSON object.");
        unwritten.add(new LineEnd.Done(done.line(), succeeded && LineResult.isObject(answer.body()), json));
    }
}
