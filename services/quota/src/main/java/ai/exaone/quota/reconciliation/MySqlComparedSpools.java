package ai.exaone.quota.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What gateways' spools brought against what the ledger has of them, in the caller's snapshot. */
final class MySqlComparedSpools {
    private MySqlComparedSpools() {}

    /** Hours since a moment that differ. Calls of no known gateway are from before it was noted by which they came. */
    static Map<Difference.Subject, List<Difference.Finding>> hours(Handle handle, Instant since) {
        Map<Difference.Subject, Long> ledger = counts(handle, since, """
                SELECT gateway_id, TIMESTAMPDIFF(HOUR, '1970-01-01 00:00:00', recorded_at) AS hour_number, COUNT(*) AS records
                  FROM usage_record
                 WHERE gateway_id IN (SELECT gateway_id FROM drain_watermark) AND recorded_at >= :since
                 GROUP BY 1, 2
                """);
        Map<Difference.Subject, Long> brought = counts(handle, since, """
                SELECT gateway_id, TIMESTAMPDIFF(HOUR, '1970-01-01 00:00:00', hour_start) AS hour_number, records
                  FROM drain_hour
                 WHERE hour_start >= :since
                """);
        var subjects = new HashMap<>(ledger);
        subjects.putAll(brought);
        var findings = new HashMap<Difference.Subject, List<Difference.Finding>>();
        for (Difference.Subject subject : subjects.keySet()) {
            long stored = ledger.getOrDefault(subject, 0L);
            long counted = brought.getOrDefault(subject, 0L);
            if (stored != counted) {
                findings.put(
                        subject,
                        List.of(new Difference.Finding(
                                "requests", stored, counted, Math.absExact(Math.subtractExact(stored, counted)))));
            }
        }
        return findings;
    }

    /** Watermarks that are not where the newest hour of their gateway says. */
    static Map<Difference.Subject, List<Difference.Finding>> watermarks(Handle handle) {
        var findings = new HashMap<Difference.Subject, List<Difference.Finding>>();
        handle.createQuery("""
                        SELECT w.gateway_id, w.segment, w.position,
                               COALESCE(h.segment, 0) AS hour_segment, COALESCE(h.position, 0) AS hour_position
                          FROM drain_watermark w
                          LEFT JOIN drain_hour h
                            ON h.gateway_id = w.gateway_id
                           AND h.hour_start = (SELECT MAX(l.hour_start) FROM drain_hour l WHERE l.gateway_id = w.gateway_id)
                        """)
                .map((row, context) -> new Places(
                        row.getString("gateway_id"),
                        row.getLong("segment"),
                        row.getLong("position"),
                        row.getLong("hour_segment"),
                        row.getLong("hour_position")))
                .forEach(places -> places.finding()
                        .forEach(finding -> findings.put(
                                new Difference.Subject(DifferenceKind.WATERMARK, "", places.gatewayId, Instant.EPOCH),
                                List.of(finding))));
        return findings;
    }

    private static Map<Difference.Subject, Long> counts(Handle handle, Instant since, String sql) {
        var counts = new HashMap<Difference.Subject, Long>();
        handle.createQuery(sql)
                .bind("since", since)
                .map((row, context) -> Map.entry(
                        new Difference.Subject(
                                DifferenceKind.SPOOL,
                                "",
                                row.getString("gateway_id"),
                                Instant.EPOCH.plus(Duration.ofHours(row.getLong("hour_number")))),
                        row.getLong("records")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /** The watermark, and where the spool was read up to when calls were last counted. */
    private record Places(String gatewayId, long segment, long position, long hourSegment, long hourPosition) {
        List<Difference.Finding> finding() {
            if (segment != hourSegment) {
                return List.of(
                        new Difference.Finding("segment", hourSegment, segment, Math.absExact(segment - hourSegment)));
            }
            if (position != hourPosition) {
                return List.of(new Difference.Finding(
                        "offset", hourPosition, position, Math.absExact(position - hourPosition)));
            }
            return List.of();
        }
    }
}
