package ai.exaone.gateway.admission.slice;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A limit as quota told it.
 *
 * @param projectId empty for the whole tenant
 * @param keyId empty for the whole project
 * @param agentId empty for whoever calls
 * @param models that share it; none for all models together
 * @param value requests, tokens or micro-KRW
 * @param raise what it is raised to for a time; whether that holds is quota's to say
 */
record KnownLimit(
        String limitId,
        String tenantId,
        String projectId,
        String keyId,
        String agentId,
        Set<String> models,
        Unit unit,
        long value,
        Optional<Raise> raise) {
    /**
     * What a limit is raised to for a time.
     *
     * @param untilMillis since 1970
     */
    record Raise(long value, long untilMillis) {}

    /** What a limit counts. */
    enum Unit {
        /** Requests in any 60 seconds. */
        REQUESTS,
        /** Tokens in any 60 seconds. */
        TOKENS,
        /** Concurrent requests. */
        SLOTS,
        /** Tokens of a day of the tenant. */
        DAY_TOKENS,
        /** Tokens of a month of the tenant. */
        MONTH_TOKENS,
        /** Micro-KRW of a day of the tenant. */
        DAY_MONEY,
        /** Micro-KRW of a month of the tenant. */
        MONTH_MONEY,
        /** Something that is not granted in slices. */
        OTHER;

        /** Whether what counts is what the ledger has, by days or months. */
        boolean isByCalendar() {
            return this == DAY_TOKENS || this == MONTH_TOKENS || isMoney();
        }

        boolean isMoney() {
            return this == DAY_MONEY || this == MONTH_MONEY;
        }

        /** Whether two days, in days since 1970-01-01, are of one period. */
        boolean isSamePeriod(int one, int other) {
            return switch (this) {
                case DAY_TOKENS, DAY_MONEY -> one == other;
                case MONTH_TOKENS, MONTH_MONEY -> firstOfMonth(one).equals(firstOfMonth(other));
                case REQUESTS, TOKENS, SLOTS, OTHER -> true;
            };
        }

        private static LocalDate firstOfMonth(int day) {
            return LocalDate.ofEpochDay(day).withDayOfMonth(1);
        }
    }

    /** What it is on: for each of its models. */
    List<CallerModel> on() {
        return models.isEmpty()
                ? List.of(new CallerModel(projectId, keyId, agentId, ""))
                : models.stream()
                        .map(model -> new CallerModel(projectId, keyId, agentId, model))
                        .toList();
    }

    boolean isAbove(CallerModel caller) {
        return (projectId.isEmpty() || projectId.equals(caller.projectId()))
                && (keyId.isEmpty() || keyId.equals(caller.keyId()))
                && (agentId.isEmpty() || agentId.equals(caller.agentId()))
                && (models.isEmpty() || models.contains(caller.model()));
    }

    /** Whether calls below it may be admitted from slices of it. */
    boolean isSliced() {
        return unit != Unit.OTHER && value > 0;
    }
}
