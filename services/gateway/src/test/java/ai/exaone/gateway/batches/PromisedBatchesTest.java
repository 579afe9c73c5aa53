package ai.exaone.gateway.batches;

import static ai.exaone.gateway.batches.ThroughBatches.field;
import static ai.exaone.gateway.batches.ThroughBatches.lines;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.KeptFiles;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and batches that are made under idempotency keys, and uploads that end with their API key. */
@Tag("server")
class PromisedBatchesTest {
    @TempDir
    private static Path files;

    private static TestDatabase database;
    private static GatewayCluster cluster;

    private Caller caller;

    @BeforeAll
    static void start() {
        database = TestDatabase.create("gateway");
        cluster = GatewayCluster.start(files.resolve("spool"), KeptFiles.settings(files, database));
        cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty());
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        database.close();
    }

    @BeforeEach
    void begin() {
        caller = new Caller(cluster.url(), "exk_" + TestIds.KEY)
                .with("Idempotency-Key", UUID.randomUUID().toString());
    }

    @Test
    void aFileIsKeptOnceWhateverFormItComesIn() throws Exception {
        HttpResponse<String> first = caller.upload("a.jsonl", lines(3));
        HttpResponse<String> again = caller.upload("a.jsonl", lines(3));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertReplayed(first, again);
        for (HttpResponse<String> other :
                List.of(caller.upload("a.jsonl", lines(4)), caller.upload("b.jsonl", lines(3)))) {
            assertThat(other.statusCode()).isEqualTo(409);
            assertThat(other.body()).contains("idempotency_key_reused");
        }
        assertThat(caller.get("/v1/files/" + field(first.body(), "id") + "/content")
                        .body())
                .isEqualTo(lines(3));
        Awaitility.await().untilAsserted(() -> assertThat(inState("PENDING")).isZero());
    }

    @Test
    void anUploadThatWasRefusedLeavesTheKeyFree() throws Exception {
        assertThat(caller.post("/v1/files", "{}").statusCode()).isEqualTo(400);
        HttpResponse<String> file = caller.upload("a.jsonl", lines(1));
        assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
        assertThat(file.headers().firstValue("idempotency-replayed")).isEmpty();
    }

    @Test
    void aBatchIsCreatedAndCancelledOnce() throws Exception {
        String file = field(
                new Caller(cluster.url(), "exk_" + TestIds.KEY)
                        .upload("a.jsonl", lines(1))
                        .body(),
                "id");
        String request = "{\"input_file_id\":\"" + file + "\",\"endpoint\":\"" + ThroughBatches.CHAT
                + "\",\"completion_window\":\"24h\"}";
        HttpResponse<String> first = caller.post("/v1/batches", request);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertReplayed(first, caller.post("/v1/batches", request));
        assertThat(caller.get("/v1/batches").body()).containsOnlyOnce(file);

        begin();
        String cancel = "/v1/batches/" + field(first.body(), "id") + "/cancel";
        HttpResponse<String> cancelled = caller.post(cancel, "");
        assertReplayed(cancelled, caller.post(cancel, ""));
    }

    @Test
    void anUploadEndsWithItsKey() throws Exception {
        String presented = cluster.identity.addKeyOf("key_00000000000000000000000009", TestIds.TENANT, TestIds.PROJECT);
        int before = inState("PENDING");
        try (Socket socket = new Socket(cluster.url().getHost(), cluster.url().getPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/files HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + presented
                                    + "\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: 100000\r\n\r\n"
                                    + "--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nsome")
                            .getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> inState("PENDING") == before + 1);
            cluster.identity.revoke(presented);
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            assertThat(status).contains(" 401 ");
        }
        Awaitility.await().until(() -> inState("PENDING") == before);
    }

    private static int inState(String state) {
        return database.transactions()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM file WHERE state = :state")
                        .bind("state", state)
                        .mapTo(Integer.class)
                        .one());
    }

    private static void assertReplayed(HttpResponse<String> first, HttpResponse<String> again) {
        assertThat(again.statusCode()).as(again.body()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("idempotency-replayed")).contains("true");
    }
}
