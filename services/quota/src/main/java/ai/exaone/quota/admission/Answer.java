package ai.exaone.quota.admission;

/**
 * The answer to a request that asked to go on.
 *
 * @param requests the tightest limit of requests per minute
 * @param tokens the tightest limit of tokens per minute
 */
public record Answer(Decision decision, RateState requests, RateState tokens) {}
