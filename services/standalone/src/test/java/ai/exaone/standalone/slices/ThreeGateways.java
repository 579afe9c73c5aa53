package ai.exaone.standalone.slices;

import static org.awaitility.Awaitility.await;

import ai.exaone.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Three gateways' admission on one quota, which is a process of its own on a real database; and one tenant. */
final class ThreeGateways implements AutoCloseable {
    private static final int GATEWAYS = 3;

    final String tenant = SliceClient.IDS.next("tnt");
    final String project = SliceClient.IDS.next("prj");
    final List<SliceClient> gateways = new ArrayList<>();
    final TestDatabase database = TestDatabase.migrated("quota");
    /** Once it was started. */
    @Nullable
    QuotaProcess quota;

    /**
     * Starts them; limits are set before.
     *
     * @param folder for quota's files
     */
    void start(Path folder) throws Exception {
        QuotaProcess started = QuotaProcess.start(folder, database);
        quota = started;
        IntStream.range(1, GATEWAYS + 1).forEach(number -> gateways.add(new SliceClient("gateway-" + number, started)));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateways.stream().allMatch(gateway -> gateway.admission.ready()));
    }

    void limit(String projectId, String kind, long value) {
        database.transactions()
                .withHandle(handle -> handle.execute(
                        "INSERT INTO usage_limit VALUES (?, ?, ?, '', '', ?, ?, 'usr_1', ?)",
                        SliceClient.IDS.next("lim"),
                        tenant,
                        projectId,
                        kind,
                        value,
                        Instant.now()));
    }

    @Override
    public void close() {
        gateways.forEach(SliceClient::close);
        if (quota != null) {
            quota.close();
        }
        database.close();
    }
}
