package ai.exaone.quota.admission;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What was taken for one request when it was admitted.
 *
 * @param keyId empty for a caller without a key
 * @param agentId empty where no agent calls
 * @param gatewayId the gateway that forwards it
 * @param priceId the price in force then; empty for a model without one
 * @param slots what it takes of limits on concurrency: 1, or 0 for a call that only starts others
 * @param tokens the most it can use
 * @param micros the most it can cost, in micro-KRW
 * @param day the calendar day of admission: all of the request counts to that day
 */
record Hold(
        String requestId,
        String tenantId,
        String projectId,
        String keyId,
        String agentId,
        String model,
        String gatewayId,
        String priceId,
        int slots,
        long tokens,
        long micros,
        LocalDate day,
        Instant admittedAt) {}
