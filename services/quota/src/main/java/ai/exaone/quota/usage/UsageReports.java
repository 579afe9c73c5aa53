package ai.exaone.quota.usage;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.tenancy.TimeZones;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What a tenant's calls were and what they add up to. Thread-safe. */
public final class UsageReports {
    private static final Duration LONGEST_RANGE = Duration.ofDays(400);
    private static final int TOKEN_COLUMNS = 2;

    private final UsageStore store;
    private final SumSource sums;
    private final TimeZones zones;

    /**
     * @param zones where days and months begin
     */
    public UsageReports(UsageStore store, SumSource sums, TimeZones zones) {
        this.store = store;
        this.sums = sums;
        this.zones = zones;
    }

    /**
     * A call.
     *
     * @throws PlatformException USAGE_RECORD_NOT_FOUND
     */
    public UsageRecord get(String tenantId, String requestId) {
        return store.find(tenantId, requestId)
                .orElseThrow(() -> new PlatformException(
                        UsageError.USAGE_RECORD_NOT_FOUND, "There is no call of that request id."));
    }

    /** Calls, the newest first. */
    public Page<UsageRecord> list(String tenantId, UsageFilter filter, PageRequest page) {
        Optional<UsageStore.Place> after = page.after(TOKEN_COLUMNS).map(UsageReports::place);
        List<UsageRecord> rows = store.list(tenantId, filter, after, page.rows());
        return Page.of(page, rows, call -> PageToken.of(call.startedAt().toString(), call.requestId()));
    }

    /**
     * Sums over a tenant's calls.
     *
     * @throws PlatformException USAGE_RANGE_INVALID, USAGE_ANSWER_TOO_LARGE
     */
    public UsageReport sum(String tenantId, SumQuestion question) {
        Duration range = Duration.between(question.from(), question.until());
        if (!range.isPositive() || range.compareTo(LONGEST_RANGE) > 0) {
            throw PlatformException.because(UsageError.USAGE_RANGE_INVALID, "The range of time is 1 s to 400 days.")
                    .violation("end_time", "is after start_time by at most 400 days")
                    .build();
        }
        ZoneId zone = zones.of(tenantId);
        return sums.read(tenantId, source -> new Summation(source, question, zone).report());
    }

    private static UsageStore.Place place(PageToken token) {
        try {
            return new UsageStore.Place(
                    Instant.parse(token.values().getFirst()), token.values().getLast());
        } catch (DateTimeParseException forged) {
            throw PageToken.invalid();
        }
    }
}
