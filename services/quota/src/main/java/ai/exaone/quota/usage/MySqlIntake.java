package ai.exaone.quota.usage;

import ai.exaone.quota.tenancy.MySqlTimeZoneStore;
import ai.exaone.quota.tenancy.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Stores what a stretch of a gateway's spool brought: the calls, the sums that they change, and what the ledger must hold of that spool
 * since; all in the caller's transaction, which holds the writer's epoch. So sums never differ from the rows, and no call comes to a
 * statement that is closed.
 */
public final class MySqlIntake {
    private MySqlIntake() {}

    /**
     * @param to where the stretch ends
     * @param calls that the ledger does not have, or has otherwise; none is as good as some
     * @param replaced requests among them of which the ledger has an earlier call, which goes
     */
    public static void store(
            Handle handle,
            String gatewayId,
            SpoolPosition to,
            Instant at,
            List<UsageRecord> calls,
            Set<String> replaced) {
        if (!calls.isEmpty()) {
            var sums = new Sums(new TreeMap<>(), new TreeMap<>());
            for (LedgerEntry.Recorded gone : MySqlUsageRecords.remove(handle, replaced)) {
                sums.add(
                        gone.entry(),
                        CallSums.NOTHING.minus(CallSums.of(gone.entry().call())));
                discount(handle, gone.source());
            }
            List<LedgerEntry> entries = entries(handle, calls);
            MySqlUsageRecords.insert(handle, entries, new LedgerEntry.Source(gatewayId, at));
            entries.forEach(entry -> sums.add(entry, CallSums.of(entry.call())));
            MySqlUsageSums.BY_DAY.add(handle, sums.days);
            MySqlUsageSums.BY_HOUR.add(handle, sums.hours);
        }
        count(handle, gatewayId, to, at.truncatedTo(ChronoUnit.HOURS), calls.size());
    }

    private static List<LedgerEntry> entries(Handle handle, List<UsageRecord> calls) {
        Set<String> tenants =
                calls.stream().map(call -> call.caller().tenantId()).collect(Collectors.toSet());
        TimeZones zones = MySqlTimeZoneStore.of(handle, tenants);
        Map<String, LocalDate> closed = closed(handle, tenants);
        return calls.stream()
                .map(call -> LedgerEntry.of(
                        call,
                        zones.of(call.caller().tenantId()),
                        Optional.ofNullable(closed.get(call.caller().tenantId()))))
                .toList();
    }

    private static Map<String, LocalDate> closed(Handle handle, Set<String> tenants) {
        var closed = new HashMap<String, LocalDate>();
        handle.createQuery("""
                        SELECT tenant_id, MAX(month) AS month
                          FROM statement_closing
                         WHERE tenant_id IN (<tenants>)
                         GROUP BY tenant_id
                        """)
                .bindList("tenants", List.copyOf(tenants))
                .map((row, context) -> Map.entry(row.getString("tenant_id"), row.getObject("month", LocalDate.class)))
                .forEach(entry -> closed.put(entry.getKey(), entry.getValue()));
        return closed;
    }

    /** A call that is gone came by no spool. */
    private static void discount(Handle handle, LedgerEntry.Source source) {
        handle.createUpdate(
                        "UPDATE drain_hour SET records = records - 1 WHERE gateway_id = :gateway AND hour_start = :hour")
                .bind("gateway", source.gatewayId())
                .bind("hour", source.recordedAt().truncatedTo(ChronoUnit.HOURS))
                .execute();
    }

    private static void count(Handle handle, String gatewayId, SpoolPosition to, Instant hour, int calls) {
        handle.createUpdate("""
                        INSERT INTO drain_hour (gateway_id, hour_start, records, segment, position)
                        VALUES (:gateway, :hour, :calls, :segment, :position)
                        ON DUPLICATE KEY UPDATE
                            records = records + VALUES(records), segment = VALUES(segment), position = VALUES(position)
                        """)
                .bind("gateway", gatewayId)
                .bind("hour", hour)
                .bind("calls", calls)
                .bind("segment", to.segment())
                .bind("position", to.offset())
                .execute();
    }

    /** What calls add to sums. */
    private record Sums(SortedMap<SumKey, CallSums> days, SortedMap<HourKey, CallSums> hours) {
        void add(LedgerEntry entry, CallSums more) {
            days.merge(SumKey.of(entry), more, CallSums::plus);
            hours.merge(HourKey.of(entry), more, CallSums::plus);
        }
    }
}
