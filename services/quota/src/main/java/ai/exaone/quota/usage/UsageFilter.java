package ai.exaone.quota.usage;

import java.time.Instant;
import java.util.Optional;

/**
 * Which of a tenant's calls are wanted. Text that is empty does not restrict.
 *
 * @param from inclusive
 * @param until exclusive
 */
public record UsageFilter(
        Instant from,
        Instant until,
        String projectId,
        String keyId,
        String model,
        String runId,
        Optional<Outcome> outcome) {}
