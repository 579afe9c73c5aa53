package ai.exaone.ledgerbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The ledger's measurement. */
@Command(
        name = "exaone bench ledger",
        description = {
            "Measure the usage ledger on a database of its own: what it costs to settle calls that come in stretches as gateways' spools bring",
            "them, beside the same rows inserted by plain JDBC in the same run; then fill a tenant's month and ask for its sums.",
            "Prints Markdown. Nothing is asserted about times."
        },
        mixinStandardHelpOptions = true)
final class LedgerCommand implements Callable<Integer> {
    @Option(
            names = "--settles",
            paramLabel = "N",
            description = "Calls to settle while measured. Default: ${DEFAULT-VALUE}.")
    private int settles = 200_000;

    @Option(
            names = "--stretch",
            paramLabel = "N",
            description = "Calls of a stretch, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int stretch = 500;

    @Option(
            names = "--records",
            paramLabel = "N",
            description =
                    "Calls of the month that is asked for; the full measure is 10000000. Default: ${DEFAULT-VALUE}.")
    private int records = 200_000;

    @Option(
            names = "--questions",
            paramLabel = "N",
            description = "How often each question is asked. Default: ${DEFAULT-VALUE}.")
    private int questions = 100;

    @Option(names = "--keys", paramLabel = "N", description = "Keys of a tenant. Default: ${DEFAULT-VALUE}.")
    private int keys = 40;

    @Option(
            names = "--database-memory",
            paramLabel = "MEBIBYTES",
            description = "The database's page cache. Default: ${DEFAULT-VALUE}.")
    private int databaseMemory = 1024;

    @Option(names = "--root", hidden = true, required = true)
    private Path root = Path.of(".");

    @Option(names = "--work", hidden = true, required = true)
    private Path work = Path.of(".");

    @Override
    public Integer call() throws Exception {
        say(
                "%s, load %s before; %d calls a stretch, %d keys of 4 tenants, page cache %d MiB, every commit on the disk%n%n"
                        .formatted(Instant.now(), load(), stretch, keys, databaseMemory));
        try (DatabaseProcess database = DatabaseProcess.start(work, databaseMemory);
                QuotaClient quota = QuotaClient.on(database.database())) {
            var settling = new SettleMeasurement(database, quota, stretch, keys);
            say(settling.run(settles).table());
            say("%n".formatted());
            say(new MonthMeasurement(database, quota, stretch, keys, settling.position())
                    .run(records, questions)
                    .table());
        }
        return 0;
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static void say(String text) {
        System.out.printf(Locale.ROOT, "%s", text);
        System.out.flush();
    }
}
