package ai.exaone.gateway.admission.slice;

/**
 * A limit as quota told it.
 *
 * @param projectId empty for the whole tenant
 * @param keyId empty for the whole project
 * @param model empty for all models together
 * @param value requests, tokens or micro-KRW
 */
record KnownLimit(
        String limitId, String tenantId, String projectId, String keyId, String model, Unit unit, long value) {
    /** What a limit counts. */
    enum Unit {
        /** Requests in any 60 seconds. */
        REQUESTS,
        /** Tokens in any 60 seconds. */
        TOKENS,
        /** Concurrent requests. */
        SLOTS,
        /** Something that is not granted in slices. */
        OTHER
    }

    /** What it is on. */
    CallerModel on() {
        return new CallerModel(projectId, keyId, model);
    }

    boolean isAbove(CallerModel caller) {
        return (projectId.isEmpty() || projectId.equals(caller.projectId()))
                && (keyId.isEmpty() || keyId.equals(caller.keyId()))
                && (model.isEmpty() || model.equals(caller.model()));
    }

    /** Whether calls below it may be admitted from slices of it. */
    boolean isSliced() {
        return unit != Unit.OTHER && value > 0;
    }
}
