package ai.exaone.gateway.metering;

import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start finds: cuts torn tails off, and says which calls were running when the process stopped. Such a call is billed by the
 * last progress that it wrote; without one for nothing, for it may not even have been admitted. Its end lets go of what it holds.
 */
final class SpoolRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolRecovery.class);

    private final SpoolDirectory directory;
    private final SpoolReader reader;

    SpoolRecovery(SpoolDirectory directory, SpoolReader reader) {
        this.directory = directory;
        this.reader = reader;
    }

    /** Repairs the directory and returns the ends of the calls that have none, in the order they began. */
    List<SpoolEntry.Ended> recover() throws IOException {
        Map<String, UsageRecord> running = new LinkedHashMap<>();
        for (long segment : directory.segments()) {
            long whole = reader.visit(segment, (number, entry) -> follow(running, entry));
            repair(segment, whole);
        }
        return running.values().stream().map(SpoolRecovery::interrupted).toList();
    }

    private static void follow(Map<String, UsageRecord> running, SpoolEntry entry) {
        String id = entry.usage().getRequestId();
        switch (entry) {
            case SpoolEntry.Begun(UsageRecord usage) -> running.put(id, usage);
            // Progress holds only what it changes, so merging it over the beginning is enough.
            case SpoolEntry.Progressed(UsageRecord usage) ->
                running.computeIfPresent(
                        id, (key, begun) -> begun.toBuilder().mergeFrom(usage).build());
            case SpoolEntry.Ended ignored -> running.remove(id);
        }
    }

    private void repair(long segment, long whole) throws IOException {
        long written = directory.written(segment, whole);
        if (written - whole > SpoolFrame.MAXIMUM_PAYLOAD) {
            // More than one torn frame: a power cut took pages from the middle of what was not synced, or something
            // else than our writes changed the file. It is kept for people to look at.
            LOG.error("Segment {} of the usage spool is damaged at byte {}; a copy is kept beside it", segment, whole);
            directory.keepCopy(segment);
        } else if (written > whole) {
            LOG.warn(
                    "Segment {} of the usage spool is torn at byte {}; {} bytes are cut off",
                    segment,
                    whole,
                    written - whole);
        }
        if (whole == 0) {
            directory.delete(segment);
        } else if (whole < directory.length(segment)) {
            directory.truncate(segment, whole);
        }
    }

    private static SpoolEntry.Ended interrupted(UsageRecord running) {
        return new SpoolEntry.Ended(running.toBuilder()
                .setOutcome(Outcome.OUTCOME_INTERRUPTED)
                .setReason("GATEWAY_STOPPED")
                .setDetail("The gateway stopped before the call was over.")
                .setEstimated(true)
                .build());
    }
}
