package ai.exaone.quota.usage;

import java.time.Instant;

/**
 * Which of a tenant's calls are summed up, and by what. Text that is empty does not restrict.
 *
 * @param from inclusive
 * @param until exclusive
 */
public record SumQuestion(
        Instant from,
        Instant until,
        String projectId,
        String keyId,
        String model,
        Dimension dimension,
        Interval interval) {}
