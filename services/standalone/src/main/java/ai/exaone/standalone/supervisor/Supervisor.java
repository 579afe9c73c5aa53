package ai.exaone.standalone.supervisor;

import ai.exaone.servers.InstallationException;
import ai.exaone.standalone.process.PartRecord;
import ai.exaone.standalone.process.PartState;
import ai.exaone.standalone.process.ProcessIdentity;
import ai.exaone.standalone.process.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Parent of the platform's processes. {@link #start} brings them up in order and returns when all is there; {@link #stop}
 * ends them in order. In between every part that ends is started again.
 */
public final class Supervisor {
    private static final String OWN_NAME = "supervisor";
    private static final int STARTS_BEFORE_GIVING_UP = 4;
    private static final Duration CHAT_PATIENCE = Duration.ofSeconds(90);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    private static final Duration UPKEEP_INTERVAL = Duration.ofSeconds(30);
    private static final long LOG_LIMIT_BYTES = 20L << 20;
    private static final int LOG_PIECES = 5;

    private final Parts parts;
    private final RunFolder run;
    private final Path logs;
    private final Milestones milestones;
    private final Announcer announcer;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Map<String, PartRunner> runners = new LinkedHashMap<>();
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /** @param run already claimed by this process */
    public Supervisor(
            Parts parts, RunFolder run, Path logs, Milestones milestones, Announcer announcer, InstantSource clock) {
        this.parts = parts;
        this.run = run;
        this.logs = logs;
        this.milestones = milestones;
        this.announcer = announcer;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /**
     * What the platform as a whole can do.
     *
     * @param chatAnswered asked until it says yes
     * @param chatReady done once, when chats are answered: the first start's bootstrap
     * @param signInReady done once, when the sign-in server answers
     */
    public record Milestones(BooleanSupplier chatAnswered, Runnable chatReady, Runnable signInReady) {}

    /** Starts all parts; throws {@link InstallationException} if one of them cannot be brought up at all. */
    public void start() throws InterruptedException {
        writeOwn(PartState.STARTING, "");
        Thread.ofVirtual().name("upkeep").start(this::keepLogsSmall);
        startPart(parts.database());
        if (awaitFirstReady(parts.database())) {
            parts.services().forEach(this::startPart);
            awaitChat();
        }
        if (parts.signIn().isEmpty() || startSignIn(parts.signIn().get())) {
            writeReady();
        }
    }

    /** False if the platform is to stop meanwhile. */
    private boolean startSignIn(Part signIn) throws InterruptedException {
        startPart(signIn);
        if (!isWanted() || !awaitFirstReady(signIn)) {
            return false;
        }
        milestones.signInReady().run();
        announcer.say("Sign-in is ready after " + elapsed());
        return true;
    }

    private synchronized void writeReady() {
        if (isWanted()) {
            writeOwn(PartState.READY, "");
        }
    }

    /** Ends all parts in order and returns when they are gone. May be called at any time, by any thread, again. */
    public void stop() {
        if (!requestStop()) {
            stopped.join();
            return;
        }
        try {
            writeOwn(PartState.STOPPING, "");
            var engines = run.engines();
            for (var part : parts.inStopOrder()) {
                var runner = runner(part);
                if (runner.isPresent()) {
                    runner.get().stop().join();
                    run.remove(part.name());
                }
            }
            new Leftovers(run, announcer).endEngines(engines);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } finally {
            run.remove(OWN_NAME);
            stopped.complete(null);
        }
    }

    /** Returns when {@link #stop} has done its work. */
    public void awaitStop() {
        stopped.join();
    }

    private synchronized boolean requestStop() {
        boolean first = isWanted();
        stopRequested.countDown();
        return first;
    }

    private boolean isWanted() {
        return stopRequested.getCount() > 0;
    }

    private synchronized void startPart(Part part) {
        if (isWanted()) {
            var runner = new PartRunner(part, logs.resolve(part.name() + ".log"), clock, this::onChange);
            runners.put(part.name(), runner);
            runner.start();
        }
    }

    private synchronized Optional<PartRunner> runner(Part part) {
        return Optional.ofNullable(runners.get(part.name()));
    }

    private void onChange(PartRecord part) {
        run.write(part);
        switch (part.state()) {
            case WAITING -> announcer.say(part.name() + " " + part.reason());
            case READY ->
                announcer.say(part.name() + (part.restarts() > 0 ? " is ready again" : " is ready after " + elapsed()));
            case STARTING, STOPPING, STOPPED -> {}
        }
    }

    /** False if the platform is to stop meanwhile. */
    private boolean awaitFirstReady(Part part) throws InterruptedException {
        while (isWanted()) {
            if (runner(part)
                    .map(PartRunner::firstReady)
                    .filter(CompletableFuture::isDone)
                    .isPresent()) {
                return true;
            }
            failIfHopeless(part);
            stopRequested.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private void awaitChat() throws InterruptedException {
        var deadline = clock.instant().plus(CHAT_PATIENCE);
        while (isWanted() && clock.instant().isBefore(deadline)) {
            if (milestones.chatAnswered().getAsBoolean()) {
                announcer.say("Chats are answered after " + elapsed());
                milestones.chatReady().run();
                return;
            }
            parts.services().forEach(this::failIfHopeless);
            stopRequested.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (isWanted()) {
            announcer.say("No chat is answered yet after " + elapsed() + "; the start goes on meanwhile");
        }
    }

    private void failIfHopeless(Part part) {
        var record = runner(part).map(PartRunner::current);
        if (record.filter(now -> now.restarts() >= STARTS_BEFORE_GIVING_UP - 1 && now.state() == PartState.WAITING)
                .isPresent()) {
            var log = logs.resolve(part.name() + ".log");
            var said = LastError.in(log, record.get().startedAt())
                    .map(message -> "\n" + message + "\n")
                    .orElse(" ");
            throw new InstallationException(
                    part.name() + " does not come up: it " + record.get().reason() + "." + said + "Its log: " + log);
        }
    }

    private void writeOwn(PartState state, String reason) {
        run.write(new PartRecord(
                OWN_NAME,
                state,
                ProcessIdentity.of(ProcessHandle.current().pid()),
                clock.instant(),
                startedAt,
                0,
                reason));
    }

    private void keepLogsSmall() {
        var rotation = new LogRotation(logs, LOG_LIMIT_BYTES, LOG_PIECES);
        try {
            while (!stopRequested.await(UPKEEP_INTERVAL.toSeconds(), TimeUnit.SECONDS)) {
                rotation.rotate();
            }
        } catch (IOException failure) {
            announcer.say("The logs are not rotated any more: " + failure.getMessage());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    private String elapsed() {
        return "%.1f s".formatted(Duration.between(startedAt, clock.instant()).toMillis() / 1000.0);
    }
}
