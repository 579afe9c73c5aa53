package ai.exaone.quota.limit;

import java.time.LocalDate;

/**
 * What a limit in shadow would have refused on a day of its tenant.
 *
 * @param requests how many calls
 */
public record ShadowDay(LocalDate day, long requests) {}
