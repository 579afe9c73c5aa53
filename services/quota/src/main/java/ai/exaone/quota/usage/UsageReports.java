package ai.exaone.quota.usage;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.tenancy.TimeZones;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a tenant's calls were and what they add up to. Thread-safe. */
public final class UsageReports {
    private static final Duration LONGEST_RANGE = Duration.ofDays(400);
    private static final int MOST_SUMS = 20_000;
    private static final int TOKEN_COLUMNS = 2;

    private final UsageStore store;
    private final TimeZones zones;

    /**
     * @param zones where days and months begin
     */
    public UsageReports(UsageStore store, TimeZones zones) {
        this.store = store;
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
     * Sums over calls.
     *
     * @throws PlatformException USAGE_RANGE_INVALID, USAGE_ANSWER_TOO_LARGE
     */
    public UsageReport sum(String tenantId, UsageFilter filter, Dimension dimension, Interval interval) {
        Duration range = Duration.between(filter.from(), filter.until());
        if (!range.isPositive() || range.compareTo(LONGEST_RANGE) > 0) {
            throw PlatformException.because(UsageError.USAGE_RANGE_INVALID, "The range of time is 1 s to 400 days.")
                    .violation("end_time", "is after start_time by at most 400 days")
                    .build();
        }
        ZoneId zone = zones.of(tenantId);
        var lines = new TreeMap<Key, UsageReport.Line>(Key.ORDER);
        Instant from = filter.from();
        while (from.isBefore(filter.until())) {
            Instant until = endOfOffset(zone, from, filter.until());
            ZoneOffset offset = zone.getRules().getOffset(from);
            for (UsageStore.Sum sum : sums(tenantId, filter.within(from, until), dimension, interval, offset)) {
                UsageReport.Line line = line(sum, interval.start(sum.bucket(), offset, zone));
                lines.merge(new Key(line.start(), line.group()), line, UsageReport.Line::plus);
            }
            from = until;
        }
        var total = lines.values().stream().reduce(UsageReport.Line.NOTHING, UsageReport.Line::plus);
        return new UsageReport(List.copyOf(lines.values()), total);
    }

    private List<UsageStore.Sum> sums(
            String tenantId, UsageFilter filter, Dimension dimension, Interval interval, ZoneOffset offset) {
        var grouping =
                new UsageStore.Grouping(dimension, interval.width(), Duration.ofSeconds(offset.getTotalSeconds()));
        List<UsageStore.Sum> sums = store.sums(tenantId, filter, grouping, MOST_SUMS + 1);
        if (sums.size() > MOST_SUMS) {
            throw new PlatformException(
                    UsageError.USAGE_ANSWER_TOO_LARGE,
                    "There are too many sums: ask for a shorter range or wider intervals.");
        }
        return sums;
    }

    /** Until when the zone's offset stays what it is, but no longer than asked: SQL shifts a range by one offset. */
    private static Instant endOfOffset(ZoneId zone, Instant from, Instant until) {
        ZoneOffsetTransition next = zone.getRules().nextTransition(from);
        return next != null && next.getInstant().isBefore(until) ? next.getInstant() : until;
    }

    private static UsageReport.Line line(UsageStore.Sum sum, Optional<Instant> start) {
        return new UsageReport.Line(
                sum.group(),
                start,
                sum.requests(),
                sum.refusedRequests(),
                sum.inputTokens(),
                sum.outputTokens(),
                sum.amountMicros());
    }

    private static UsageStore.Place place(PageToken token) {
        try {
            return new UsageStore.Place(
                    Instant.parse(token.values().getFirst()), token.values().getLast());
        } catch (DateTimeParseException forged) {
            throw PageToken.invalid();
        }
    }

    private record Key(Optional<Instant> start, String group) {
        static final Comparator<Key> ORDER = Comparator.comparing((Key key) -> key.start.orElse(Instant.EPOCH))
                .thenComparing(Key::group);
    }
}
