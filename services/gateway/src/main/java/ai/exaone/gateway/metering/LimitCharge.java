package ai.exaone.gateway.metering;

/**
 * How a call counts in limits by day and month that this gateway admitted by itself.
 *
 * @param day the tenant's day, in days since 1970-01-01
 * @param priceId the price that it was held at; empty when the model has none
 */
public record LimitCharge(int day, String priceId) {}
