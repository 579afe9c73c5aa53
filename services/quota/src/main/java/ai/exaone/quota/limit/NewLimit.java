package ai.exaone.quota.limit;

/**
 * A limit that is to be set.
 *
 * @param value requests, tokens or micro-KRW
 */
public record NewLimit(Scope scope, LimitKind kind, long value, Enforcement enforcement) {}
