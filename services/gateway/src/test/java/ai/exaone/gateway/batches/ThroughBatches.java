package ai.exaone.gateway.batches;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Caller;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** What tests do with batches, as a caller. */
final class ThroughBatches {
    static final String CHAT = "/v1/chat/completions";
    private static final Pattern CUSTOM_ID = Pattern.compile("\"custom_id\":\"([^\"]*)\"");

    private final Caller caller;

    ThroughBatches(Caller caller) {
        this.caller = caller;
    }

    /** A line whose message is its name. */
    static String line(String customId, String model) {
        return "{\"custom_id\":\"" + customId + "\",\"method\":\"POST\",\"url\":\"" + CHAT + "\",\"body\":{\"model\":\""
                + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + customId + "\"}]}}\n";
    }

    /** Lines that are named by their numbers, from 1. */
    static String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> line("line-" + number, "chat"))
                .collect(Collectors.joining());
    }

    /** Uploads an input and creates a batch of it; returns its id. */
    String create(String input) throws IOException, InterruptedException {
        return field(created(upload(input), CHAT), "id");
    }

    String upload(String input) throws IOException, InterruptedException {
        HttpResponse<String> file = caller.upload("in.jsonl", input);
        assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
        return field(file.body(), "id");
    }

    String created(String fileId, String endpoint) throws IOException, InterruptedException {
        HttpResponse<String> batch = caller.post(
                "/v1/batches",
                "{\"input_file_id\":\"" + fileId + "\",\"endpoint\":\"" + endpoint
                        + "\",\"completion_window\":\"24h\",\"metadata\":{\"case\":\"7\"}}");
        assertThat(batch.statusCode()).as(batch.body()).isEqualTo(200);
        return batch.body();
    }

    String get(String batchId) {
        try {
            return caller.get("/v1/batches/" + batchId).body();
        } catch (IOException broken) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Waits until a batch says something of itself. */
    String await(String batchId, String said) {
        return Awaitility.await().until(() -> get(batchId), batch -> batch.contains(said));
    }

    /** Waits until it has become something. */
    String awaitStatus(String batchId, String status) {
        return await(batchId, "\"status\":\"" + status + "\"");
    }

    /** The lines of a file by their names; each name is there once. */
    Map<String, String> results(String fileId) throws IOException, InterruptedException {
        HttpResponse<String> content = caller.get("/v1/files/" + fileId + "/content");
        assertThat(content.statusCode()).as(content.body()).isEqualTo(200);
        Map<String, String> results = new TreeMap<>();
        for (String line : content.body().split("\n")) {
            Matcher id = CUSTOM_ID.matcher(line);
            assertThat(id.find()).as(line).isTrue();
            assertThat(results.put(id.group(1), line)).as("twice: " + line).isNull();
        }
        return results;
    }

    static String field(String json, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        assertThat(field.find()).as(name + " of " + json).isTrue();
        return field.group(1);
    }
}
