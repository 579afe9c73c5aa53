package ai.exaone.gateway.metering;

import ai.exaone.proto.quota.v1.Outcome;

/**
 * How a call ended.
 *
 * @param outcome in one word
 * @param status HTTP status of the answer
 * @param tokens what it used
 * @param reason stable name of a refusal or failure; empty when completed
 * @param detail the reason in words; empty when completed
 */
public record CallEnd(Outcome outcome, int status, TokenCounts tokens, String reason, String detail) {
    private static final int HTTP_OK = 200;

    /** Answered to the end. */
    public static CallEnd completed(TokenCounts tokens) {
        return new CallEnd(Outcome.OUTCOME_COMPLETED, HTTP_OK, tokens, "", "");
    }

    /** Refused before any work. */
    public static CallEnd refused(int status, String reason, String detail) {
        return new CallEnd(Outcome.OUTCOME_REFUSED, status, TokenCounts.NONE, reason, detail);
    }
}
