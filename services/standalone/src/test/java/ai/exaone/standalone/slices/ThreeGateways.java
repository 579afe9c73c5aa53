package ai.exaone.standalone.slices;

import static org.awaitility.Awaitility.await;

import ai.exaone.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
        await().until(() -> gateways.stream().allMatch(gateway -> gateway.admission.ready()));
    }

    void limit(String projectId, String kind, long value) {
        limit(projectId, kind, value, "ENFORCED");
    }

    /** A limit that refuses nothing. */
    void shadow(String projectId, String kind, long value) {
        limit(projectId, kind, value, "SHADOW");
    }

    private void limit(String projectId, String kind, long value, String enforcement) {
        database.transactions()
                .withHandle(handle -> handle.execute(
                        """
                        INSERT INTO usage_limit (limit_id, tenant_id, project_id, key_id, model, kind, amount, enforcement,
                                                 updated_by, updated_at)
                        VALUES (?, ?, ?, '', '', ?, ?, ?, 'usr_1', ?)
                        """, SliceClient.IDS.next("lim"), tenant, projectId, kind, value, enforcement, Instant.now()));
    }

    /** Raises all limits of a kind for a time. */
    void raise(String kind, long value, Instant until) {
        database.transactions().withHandle(handle -> handle.execute("""
                        UPDATE usage_limit
                           SET raise_amount = ?, raise_until = ?, raise_reason = '', raised_by = 'usr_1', raised_at = ?
                         WHERE kind = ?
                        """, value, until, Instant.now(), kind));
    }

    /** How many calls limits in shadow would have refused. */
    long wouldHaveRefused() {
        return database.transactions()
                .withHandle(handle -> handle.createQuery("SELECT COALESCE(SUM(requests), 0) FROM shadow_refusal")
                        .mapTo(Long.class)
                        .one());
    }

    /**
     * Gives the model a price, in micro-KRW a token, that has been in force for an hour.
     */
    void price(long input, long cachedInput, long output) {
        Instant effectiveAt = Instant.now().minus(Duration.ofHours(1));
        database.transactions()
                .withHandle(handle -> handle.execute(
                        "INSERT INTO price VALUES (?, ?, ?, ?, ?, ?, 'usr_1', ?)",
                        SliceClient.IDS.next("prc"),
                        SliceClient.MODEL,
                        input,
                        cachedInput,
                        output,
                        effectiveAt,
                        effectiveAt));
    }

    /** Puts the tenant where it is about noon, so that no day ends meanwhile. */
    void atNoon() {
        int offset = 12 - Instant.now().atOffset(ZoneOffset.UTC).getHour();
        database.transactions()
                .withHandle(handle -> handle.execute(
                        "INSERT INTO tenant_time_zone VALUES (?, ?)",
                        tenant,
                        ZoneOffset.ofHours(offset).getId()));
    }

    /** Puts another process in the place of a gateway that is dead. */
    SliceClient startAgain(SliceClient dead) {
        var again = new SliceClient(dead.gatewayId, Objects.requireNonNull(quota));
        gateways.set(gateways.indexOf(dead), again);
        return again;
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
