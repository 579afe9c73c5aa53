package ai.exaone.gateway.metering;

import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Entries of calls as tests write them to a spool, and what a spool hands out of them. */
final class SpoolEntries {
    private SpoolEntries() {}

    static List<UsageRecord> drained(Spool spool) throws IOException {
        List<UsageRecord> drained = new ArrayList<>();
        SpoolPosition from = SpoolPosition.BEGINNING;
        for (SpoolReader.Stretch stretch = spool.read(from, 3);
                !stretch.ended().isEmpty();
                stretch = spool.read(from, 3)) {
            for (DrainedCall call : stretch.ended()) {
                drained.add(UsageRecord.parseFrom(call.record()));
            }
            from = stretch.to();
        }
        return drained;
    }

    static void append(Spool spool, SpoolEntry entry) {
        UsageRecord usage = entry.usage();
        if (entry.kind() == SpoolEntry.Kind.BEGUN) {
            spool.begin(usage.getRequestId(), usage::writeTo);
        } else {
            spool.append(entry.kind(), usage.getRequestId(), usage::writeTo);
        }
    }

    static SpoolEntry begun(String id, long input) {
        return new SpoolEntry.Begun(
                UsageRecord.newBuilder().setRequestId(id).setInputTokens(input).build());
    }

    static SpoolEntry progressed(String id, long output) {
        return new SpoolEntry.Progressed(UsageRecord.newBuilder()
                .setRequestId(id)
                .setOutputTokens(output)
                .build());
    }

    static SpoolEntry ended(String id, long output) {
        return new SpoolEntry.Ended(UsageRecord.newBuilder()
                .setRequestId(id)
                .setOutputTokens(output)
                .setOutcome(Outcome.OUTCOME_COMPLETED)
                .build());
    }

    static SpoolEntry longEnd(String id) {
        return new SpoolEntry.Ended(UsageRecord.newBuilder()
                .setRequestId(id)
                .setDetail("x".repeat(300))
                .build());
    }

    static byte[] bytes(SpoolEntry entry) {
        var frame = SpoolFrame.write(entry);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    static byte[] join(List<SpoolEntry> entries) {
        var all = new ByteArrayOutputStream();
        entries.forEach(entry -> all.writeBytes(bytes(entry)));
        return all.toByteArray();
    }

    static List<Integer> ends(List<SpoolEntry> entries) {
        List<Integer> ends = new ArrayList<>();
        int end = 0;
        for (SpoolEntry entry : entries) {
            end += bytes(entry).length;
            ends.add(end);
        }
        return ends;
    }
}
