package ai.exaone.gateway.metering;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/** A process that records calls without pause and says on its output what it has recorded, until it is killed. */
final class SpoolWriter {
    private SpoolWriter() {}

    public static void main(String[] arguments) {
        Spool spool = Spool.open(SpoolConfig.in(Path.of(arguments[0]), SpoolSync.GROUPED), Clock.systemUTC());
        Meter meter = new Meter(spool, System::nanoTime, call -> {});
        for (int number = 0; ; number++) {
            String id = "req_" + number;
            MeteredCall call = meter.begin(new CallStart(
                    id, "tnt", "prj", "key", "key", "", "", "chat", "/v1", Instant.EPOCH, System.nanoTime()));
            System.out.println("begun " + id);
            if (number % 3 != 0) {
                call.end(CallEnd.completed(TokenCounts.estimate(5, number)));
                System.out.println("ended " + id);
            }
        }
    }
}
