package ai.exaone.gateway.batches;

import java.time.Duration;

/**
 * How batches are worked on.
 *
 * @param mostOpen batches of one project that have not ended
 * @param mostLines of one batch
 * @param linesAtOnce of one batch
 * @param linesOfGateway of all batches that this gateway works on
 * @param lease how long a worker that says nothing is believed to be alive
 * @param retention how long a batch is known after its end
 */
public record BatchesConfig(
        int mostOpen, int mostLines, int linesAtOnce, int linesOfGateway, Duration lease, Duration retention) {}
