package ai.exaone.quota.request;

import ai.exaone.store.StoredTime;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Time between Java and the wire. */
public final class TimeWire {
    private TimeWire() {}

    public static Timestamp of(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** The instant as it can be stored: in whole microseconds. */
    public static Instant of(Timestamp timestamp) {
        return StoredTime.of(Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos()));
    }

    public static Duration of(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
