package ai.exaone.quota.usage;

import ai.exaone.quota.price.TokenCount;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One call, as the ledger keeps it.
 *
 * @param requestId {@code req_…}, the platform's own
 * @param caller who called, and by which way
 * @param model as named by the caller
 * @param replicaId empty when none answered
 * @param path of the API
 * @param firstByte from arrival to the first byte of the answer; zero when there was none
 * @param duration from arrival to the end
 * @param reasoningTokens tokens of output that were reasoning
 * @param estimated whether the counts are ours, for lack of the engine's
 * @param result how it ended
 * @param priceId the price used; empty when the model had none
 * @param amountMicros what it costs in micro-KRW
 * @param limitDay in whose limits it counts, of a call on its way into the ledger that a gateway admitted by itself
 */
public record UsageRecord(
        String requestId,
        Caller caller,
        String model,
        String replicaId,
        String path,
        Instant startedAt,
        Duration firstByte,
        Duration duration,
        TokenCount tokens,
        long reasoningTokens,
        boolean estimated,
        Result result,
        String priceId,
        long amountMicros,
        Optional<LocalDate> limitDay) {
    /**
     * Who called. Ids that do not apply are empty.
     *
     * @param subject {@code key_…}, {@code usr_…} or {@code run_…}
     */
    public record Caller(
            String tenantId, String projectId, String keyId, String subject, String agentId, String runId) {}

    /**
     * How a call ended.
     *
     * @param status of the HTTP answer
     * @param reason stable reason of a refusal or failure; empty when completed
     * @param detail the reason in words
     */
    public record Result(Outcome outcome, int status, String reason, String detail) {}

    /** The tokens that are billed: none for a call that was refused. */
    public TokenCount billed() {
        return result.outcome() == Outcome.REFUSED ? TokenCount.NONE : tokens;
    }

    /** The record with what it costs. */
    public UsageRecord priced(String usedPriceId, long amount) {
        return new UsageRecord(
                requestId,
                caller,
                model,
                replicaId,
                path,
                startedAt,
                firstByte,
                duration,
                tokens,
                reasoningTokens,
                estimated,
                result,
                usedPriceId,
                amount,
                limitDay);
    }
}
