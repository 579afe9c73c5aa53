package ai.exaone.identity.request;

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

    public static Instant of(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
