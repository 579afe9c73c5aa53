package ai.exaone.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.exaone.bench.upstream.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The load and the upstream at each other, for as short as it can be; nothing is said about how fast they are. */
@Tag("server")
class LoadGeneratorTest {
    private static final Duration MEASURED = Duration.ofMillis(600);
    private static final Pace CLOSED = new Pace.Closed(4, Duration.ZERO);

    private final ScriptedUpstream upstream = ScriptedUpstream.start(0, 1, Optional.of("key"), List.of("scripted"));
    private final LoadGenerator generator = new LoadGenerator(2);
    private int ticks;

    @AfterEach
    void stop() {
        generator.close();
        upstream.close();
    }

    @Test
    void everyRightAnswerIsTakenForRight() {
        for (Expected expected :
                List.of(new Expected.Completion(), new Expected.Embedding(), new Expected.Stream(64))) {
            Tally tally = run("scripted", "key", expected, CLOSED, 0);

            assertThat(tally.errors()).as(expected.toString()).isEmpty();
            assertThat(tally.completed()).isPositive();
            assertThat(tally.latency().count()).isEqualTo(tally.completed());
            assertThat(tally.bytes()).isPositive();
        }
        assertThat(ticks).isPositive();
    }

    @Test
    void aPacedStreamHasItsGaps() {
        // Pieces that came while the machine stood still are read without a gap.
        await().untilAsserted(() -> {
            Tally tally = run("scripted-chunks4-pace20", "key", new Expected.Stream(4), CLOSED, 0);

            assertThat(tally.errors()).isEmpty();
            assertThat(tally.gaps().p50())
                    .as("milliseconds, never less than the upstream waits")
                    .isGreaterThan(15);
            assertThat(tally.first().count()).isPositive();
        });
    }

    @Test
    void anOpenLoopSendsWhatIsDueAndCountsEachRequestOnce() {
        Tally tally = run("scripted", "key", new Expected.Completion(), new Pace.Open(200, 8), 0);

        assertThat(tally.errors()).isEmpty();
        assertThat(tally.completed() + tally.late()).isBetween(1L, 250L);
    }

    @Test
    void whatWaitsForAConnectionInAnOpenLoopIsLateAndSaysSo() {
        Tally tally = run("scripted-first100", "key", new Expected.Completion(), new Pace.Open(40, 2), 0);

        assertThat(tally.errors()).isEmpty();
        assertThat(tally.latency().max()).as("a wait for others, and its own").isGreaterThan(200);
    }

    @Test
    void stopsAtItsLimit() {
        // Unless its time is over before: then it has said nothing.
        await().until(() ->
                run("scripted", "key", new Expected.Completion(), CLOSED, 10).completed() >= 10);
    }

    @Test
    void eachWrongAnswerIsCountedByWhatIsWrong() {
        assertThat(run("scripted", "other", new Expected.Completion(), CLOSED, 0)
                        .errors()
                        .keySet())
                .allMatch(why -> why.startsWith("status 401: "))
                .isNotEmpty();
        assertThat(run("scripted-cut700", "key", new Expected.Stream(64), CLOSED, 0)
                        .errors())
                .containsOnlyKeys("closed early");
        assertThat(run("scripted-chunks9", "key", new Expected.Stream(64), CLOSED, 0)
                        .errors())
                .containsOnlyKeys("stream with 9 pieces");
        assertThat(run("scripted", "key", new Expected.Embedding(), CLOSED, 0).errors())
                .isEmpty();
    }

    @Test
    void whoIsToldToComeLaterIsRefusedAndNotInError() {
        // Spread, so that some come when it is measured: a refused one waits longer than that.
        Tally tally = run("scripted-status503", "key", new Expected.Completion(), new Pace.Closed(4, MEASURED), 0);

        assertThat(tally.errors()).isEmpty();
        assertThat(tally.refused()).isPositive();
        assertThat(tally.completed()).isZero();
    }

    @Test
    void whereNobodyListensEveryRequestIsAnError() {
        upstream.close();

        assertThat(run("scripted", "key", new Expected.Completion(), CLOSED, 0).errors())
                .containsOnlyKeys("cannot connect");
    }

    /** Runs until something was measured: a machine that stands still for so long says nothing. */
    private Tally run(String model, String key, Expected expected, Pace pace, long limit) {
        return await().until(
                        () -> runOnce(model, key, expected, pace, limit),
                        tally -> tally.completed() + tally.late() + tally.refused() > 0
                                || !tally.errors().isEmpty());
    }

    private Tally runOnce(String model, String key, Expected expected, Pace pace, long limit)
            throws InterruptedException {
        Load load = new Load(
                URI.create("http://127.0.0.1:" + upstream.port() + "/v1"),
                key,
                model,
                expected,
                1024,
                pace,
                Duration.ZERO,
                MEASURED,
                limit);
        return generator
                .run(load, new LoadGenerator.Observer<Integer>() {
                    @Override
                    public void begin() {
                        ticks = 0;
                    }

                    @Override
                    public void tick() {
                        ticks++;
                    }

                    @Override
                    public Integer end() {
                        return ticks;
                    }
                })
                .tally();
    }
}
