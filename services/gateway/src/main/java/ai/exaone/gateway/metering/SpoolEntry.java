package ai.exaone.gateway.metering;

import ai.exaone.proto.quota.v1.UsageRecord;

/**
 * What one frame of the spool says about a call. Every record has our own request id.
 */
public sealed interface SpoolEntry {
    /** What an entry says. */
    enum Kind {
        /** As {@link Begun}. */
        BEGUN,
        /** As {@link Progressed}. */
        PROGRESSED,
        /** As {@link Ended}. */
        ENDED
    }

    /** The call's record as far as it is known. */
    UsageRecord usage();

    default Kind kind() {
        return switch (this) {
            case Begun ignored -> Kind.BEGUN;
            case Progressed ignored -> Kind.PROGRESSED;
            case Ended ignored -> Kind.ENDED;
        };
    }

    /** Quota is about to be asked for the call, and if it admits it the call is forwarded. */
    record Begun(UsageRecord usage) implements SpoolEntry {}

    /** The call runs; the record's token counts are what it has used so far. Its other fields are empty, save the id. */
    record Progressed(UsageRecord usage) implements SpoolEntry {}

    /** The call is over; the record is complete. */
    record Ended(UsageRecord usage) implements SpoolEntry {}
}
