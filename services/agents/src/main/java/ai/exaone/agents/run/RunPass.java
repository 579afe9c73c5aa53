package ai.exaone.agents.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The run's permission to act, held for one lease. A token is used for at most {@link #RECHECK}, so that a run begins no further
 * step much later than its owner was refused. Thread-safe.
 */
public final class RunPass {
    /** How old a token may be when a step begins. */
    public static final Duration RECHECK = Duration.ofSeconds(10);

    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final RunTokens tokens;
    private final Clock clock;
    private final Run run;
    private final String model;
    private Optional<RunTokens.RunToken> held = Optional.empty();
    private Instant issuedAt = Instant.MIN;

    RunPass(RunTokens tokens, Clock clock, Run run, String model) {
        this.tokens = tokens;
        this.clock = clock;
        this.run = run;
        this.model = model;
    }

    /**
     * A token fit for a step that begins now.
     *
     * @throws ai.exaone.errors.PlatformException as {@link RunTokens#issue}
     */
    public synchronized String token() {
        Instant now = clock.instant();
        boolean fresh = held.isPresent()
                && now.isBefore(issuedAt.plus(RECHECK))
                && now.isBefore(held.get().expiresAt().minus(MARGIN));
        if (!fresh) {
            held = Optional.of(tokens.issue(run, model));
            issuedAt = now;
        }
        return held.orElseThrow().value();
    }
}
