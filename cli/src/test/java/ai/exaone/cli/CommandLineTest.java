package ai.exaone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.cli.profile.ProfileFile;
import ai.exaone.rpc.contract.Contracts;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands against a real HTTP server that answers what the test says and remembers what it was asked. */
class CommandLineTest {
    private static final String TENANT = "tnt_01j9zzzzzzzzzzzzzzzzzzzzzz";
    private static final String PROJECT = "prj_01j9zzzzzzzzzzzzzzzzzzzzzz";

    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> answers = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answers.put("GET /api/v1/account", """
                {"account": {"subject": "key_1", "memberships": [{"tenantId": "%s", "tenantName": "acme", "projectId": "%s"}]}}
                """.formatted(TENANT, PROJECT));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void everyRpcHasACommandAndEveryCommandHasHelp() {
        CommandLine root = commandLine();
        int commands = 0;
        for (CommandLine group : root.getSubcommands().values()) {
            for (CommandLine command : group.getSubcommands().values()) {
                assertThat(command.getUsageMessage()).contains("Usage: exaone");
                commands++;
            }
        }
        assertThat(commands).isGreaterThanOrEqualTo(Contracts.load().methods().size());
    }

    @Test
    void aListIsATableOfAllItsPages() {
        String path = "GET /api/v1/tenants/" + TENANT + "/projects/" + PROJECT + "/api-keys";
        answers.put(
                path + "?pageSize=200",
                "{\"apiKeys\": [{\"keyId\": \"key_a\", \"displayName\": \"봇\"}], \"nextPageToken\": \"p2\"}");
        answers.put(
                path + "?pageSize=200&pageToken=p2",
                "{\"apiKeys\": [{\"keyId\": \"key_b\", \"state\": \"KEY_STATE_REVOKED\"}]}");
        assertThat(run("api-key", "list")).isZero();
        assertThat(out.toString()).contains("KEY ID", "DISPLAY NAME", "key_a", "봇", "key_b", "revoked");
    }

    @Test
    void whatIsTypedIsWhatIsSent() {
        String path = "POST /api/v1/tenants/" + TENANT + "/limits";
        answers.put(path, "{\"limit\": {\"limitId\": \"lim_a\", \"value\": \"600\"}}");
        assertThat(run("limit", "create", "--kind", "requests-per-minute", "--value", "600", "--project", PROJECT))
                .isZero();
        assertThat(asked.getLast())
                .startsWith(path + "?requestId=")
                .contains("\"kind\":\"LIMIT_KIND_REQUESTS_PER_MINUTE\"")
                .contains("\"value\":\"600\"")
                .contains("\"projectId\":\"" + PROJECT + "\"");
        assertThat(out.toString()).contains("limit id: lim_a");
    }

    @Test
    void aSecretIsReadAndNeverAnArgument() {
        answers.put(
                "PUT /api/v1/tenants/" + TENANT + "/projects/" + PROJECT + "/secrets/TOKEN",
                "{\"secret\": {\"name\": \"TOKEN\"}}");
        InputStream keyboard = System.in;
        System.setIn(new ByteArrayInputStream("s3cret\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("secret", "set", "TOKEN")).isZero();
        } finally {
            System.setIn(keyboard);
        }
        assertThat(asked.getLast()).contains("{\"value\":\"s3cret\"}");
        assertThat(out.toString()).doesNotContain("s3cret");
    }

    @Test
    void aRefusalIsSaidInThePlatformsWords() {
        answers.put(
                "GET /api/v1/tenants/" + TENANT,
                "403 {\"detail\": \"This needs the permission tenant.read.\", \"reason\": \"PERMISSION_DENIED\", \"requestId\": \"req_1\"}");
        assertThat(run("tenant", "get", TENANT)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("This needs the permission tenant.read.", "PERMISSION_DENIED", "req_1");
    }

    @Test
    void aWordThatNobodyKnowsIsAnsweredWithWhatOneMayType() {
        assertThat(run("member", "create-invitation", "--email", "a@b.example", "--role", "boss"))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("tenant-admin, developer, viewer");
    }

    @Test
    void aProgramGetsJson() {
        answers.put("GET /api/v1/tenants/" + TENANT, "{\"tenant\": {\"name\": \"acme\"}}");
        assertThat(run("tenant", "get", "--json", TENANT)).isZero();
        assertThat(out.toString().strip()).isEqualTo("{\"tenant\": {\"name\": \"acme\"}}");
    }

    @Test
    void aPlatformThatIsNotThereIsSaid() {
        server.stop(0);
        assertThat(run("tenant", "list")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("cannot be reached", "./exaone status");
    }

    private int run(String... arguments) {
        CommandLine commandLine = commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        return commandLine.execute(arguments);
    }

    private CommandLine commandLine() {
        Map<String, String> environment = Map.of(
                "EXAONE_BASE_URL", "http://127.0.0.1:" + server.getAddress().getPort(), "EXAONE_API_KEY", "exk_test");
        return ExaoneCommand.commandLine(
                environment, new ProfileFile(folder.resolve("profile.properties")), new PrintWriter(out, true));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(call + " " + body);
        String answer = answers.getOrDefault(
                call,
                answers.getOrDefault(call.replaceFirst("\\?.*", ""), "404 {\"detail\": \"Nothing at " + call + "\"}"));
        int status = answer.matches("(?s)[0-9]{3} .*") ? Integer.parseInt(answer.substring(0, 3)) : 200;
        byte[] bytes = (status == 200 ? answer : answer.substring(4)).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
