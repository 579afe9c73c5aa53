package ai.exaone.standalone.supervisor;

import ai.exaone.servers.InstallationException;
import ai.exaone.standalone.process.PartRecord;
import ai.exaone.standalone.process.PartState;
import ai.exaone.standalone.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs one part: starts it, waits for it, starts it again after each end until it is told to stop. One thread of its own. */
final class PartRunner {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(100);

    private final Part part;
    private final Path log;
    private final InstantSource clock;
    private final Consumer<PartRecord> listener;
    private final RestartBackoff backoff = new RestartBackoff();
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CompletableFuture<Void> stopRequested = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile PartRecord current;

    /** @param listener told of every change, by the runner's thread */
    PartRunner(Part part, Path log, InstantSource clock, Consumer<PartRecord> listener) {
        this.part = part;
        this.log = log;
        this.clock = clock;
        this.listener = listener;
        var now = clock.instant();
        this.current = new PartRecord(part.name(), PartState.STARTING, Optional.empty(), now, now, 0, "");
    }

    void start() {
        Thread.ofVirtual().name("part-" + part.name()).start(this::keepRunning);
    }

    PartRecord current() {
        return current;
    }

    /** Completes when it was ready for the first time. */
    CompletableFuture<Void> firstReady() {
        return firstReady;
    }

    /** Asks the part, once started, to end for good; the future completes when its process is gone. */
    CompletableFuture<Void> stop() {
        stopRequested.complete(null);
        return stopped;
    }

    private void keepRunning() {
        try {
            while (!stopRequested.isDone()) {
                var startedAt = clock.instant();
                var reason = runOnce(startedAt);
                if (!stopRequested.isDone()) {
                    var wait = backoff.afterServing(served());
                    var plan = "%s; starts again %.1f s later".formatted(reason, wait.toMillis() / 1000.0);
                    move(PartState.WAITING, Optional.empty(), startedAt, plan);
                    waitFor(stopRequested, wait);
                }
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } finally {
            move(PartState.STOPPED, Optional.empty(), current.startedAt(), current.reason());
            stopped.complete(null);
        }
    }

    /** How long a part that has ended, and was not asked to, had been ready: its last move was to that. */
    private Duration served() {
        var last = current;
        return last.state() == PartState.READY ? Duration.between(last.since(), clock.instant()) : Duration.ZERO;
    }

    /** Runs the part's process from its start to its end and says why it ended. */
    private String runOnce(Instant startedAt) throws InterruptedException {
        Process process;
        try {
            process = launch();
        } catch (IOException | InstallationException failure) {
            return "could not be started: " + failure.getMessage();
        }
        var identity = ProcessIdentity.of(process.pid());
        move(PartState.STARTING, identity, startedAt, current.reason());
        var end = process.onExit().thenApply(ended -> "");
        var endOrStop = CompletableFuture.anyOf(end, stopRequested);
        try {
            if (awaitReady(endOrStop)) {
                move(PartState.READY, identity, startedAt, current.reason());
                firstReady.complete(null);
                endOrStop.join();
            } else if (!endOrStop.isDone()) {
                process.destroyForcibly();
                end.join();
                return "was not ready after " + part.startLimit().toSeconds() + " s";
            }
            if (!end.isDone()) {
                move(PartState.STOPPING, identity, startedAt, current.reason());
                end(process, end);
            }
        } finally {
            process.destroyForcibly();
        }
        return describeEnd(process.waitFor());
    }

    private Process launch() throws IOException {
        var command = part.launchCommand();
        var builder = command.toProcess(log);
        // What the operator's shell has of ours is for the operator: a part is told all it needs.
        builder.environment().keySet().removeIf(name -> name.startsWith("EXAONE_"));
        builder.environment().putAll(command.environment());
        return builder.start();
    }

    /** True when the part is ready; false when it ended, was told to stop, or took too long. */
    private boolean awaitReady(CompletableFuture<?> endOrStop) throws InterruptedException {
        var deadline = clock.instant().plus(part.startLimit());
        while (clock.instant().isBefore(deadline)) {
            if (part.ready().getAsBoolean()) {
                return true;
            }
            if (waitFor(endOrStop, PROBE_INTERVAL)) {
                return false;
            }
        }
        return false;
    }

    private void end(Process process, CompletableFuture<?> end) throws InterruptedException {
        process.destroy();
        if (!waitFor(end, part.stopLimit())) {
            process.destroyForcibly();
        }
    }

    private static boolean waitFor(CompletableFuture<?> event, Duration limit) throws InterruptedException {
        try {
            event.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void move(PartState state, Optional<ProcessIdentity> process, Instant startedAt, String reason) {
        var before = current;
        var restarts = before.restarts() + (state == PartState.STARTING && before.state() == PartState.WAITING ? 1 : 0);
        current = new PartRecord(part.name(), state, process, clock.instant(), startedAt, restarts, reason);
        listener.accept(current);
    }

    private static String describeEnd(int status) {
        // 128 + n: ended by signal n.
        return switch (status) {
            case 137 -> "was killed (signal 9)";
            case 143 -> "was ended from outside (signal 15)";
            default -> status > 128 ? "was ended by signal " + (status - 128) : "ended with status " + status;
        };
    }
}
