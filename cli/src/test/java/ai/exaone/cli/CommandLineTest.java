package ai.exaone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.cli.profile.Profile;
import ai.exaone.cli.profile.ProfileFile;
import ai.exaone.rpc.contract.Contracts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands against a real HTTP server: what is typed, what is sent, what is printed. */
class CommandLineTest {
    private static final String TENANT = "tnt_01j9zzzzzzzzzzzzzzzzzzzzzz";
    private static final String PROJECT = "prj_01j9zzzzzzzzzzzzzzzzzzzzzz";
    private static final String PROJECTS = "GET /api/v1/tenants/" + TENANT + "/projects";
    private static final String TOKEN = "POST /auth/realms/exaone/protocol/openid-connect/token";

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

    private StandInPlatform platform;

    @BeforeEach
    void serve() throws IOException {
        platform = new StandInPlatform();
        environment.put("EXAONE_BASE_URL", platform.url());
        environment.put("EXAONE_API_KEY", "exk_test");
        platform.answers("GET /api/v1/account", """
                {"account": {"subject": "key_1", "memberships": [{"tenantId": "%s", "tenantName": "acme", "projectId": "%s"}]}}
                """.formatted(TENANT, PROJECT));
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void everyRpcHasACommandAndEveryCommandSaysWhatItIs() {
        CommandLine root = commandLine();
        int commands = 0;
        for (CommandLine group : root.getSubcommands().values()) {
            assertThat(group.getUsageMessage()).contains("Usage: exaone", "--help");
            assertThat(group.getCommandSpec().usageMessage().description()).isNotEmpty();
            for (CommandLine command : group.getSubcommands().values()) {
                assertThat(command.getUsageMessage()).contains("Usage: exaone", "--url", "--key", "--help");
                assertThat(command.getCommandSpec().usageMessage().description())
                        .as(command.getCommandSpec().qualifiedName())
                        .isNotEmpty();
                commands++;
            }
        }
        assertThat(commands).isGreaterThanOrEqualTo(Contracts.load().methods().size());
    }

    @Test
    void verbsDoNotRepeatWhatTheyAreAbout() {
        Map<String, CommandLine> groups = commandLine().getSubcommands();
        assertThat(groups)
                .containsKeys("agent", "api-key", "audit", "login", "model", "secret", "tenant", "usage", "use");
        assertThat(groups.get("usage").getSubcommands()).containsKeys("query", "list-records", "get-record");
        assertThat(groups.get("member").getSubcommands()).containsKeys("list", "create-invitation");
        assertThat(groups.get("audit").getSubcommands()).containsKey("list-events");
    }

    @Test
    void aCommandAsksForATenantOnlyWhereItIsAboutOne() {
        CommandLine root = commandLine();
        assertThat(usage(root, "price", "list")).doesNotContain("--tenant", "--project");
        assertThat(usage(root, "member", "list")).contains("--tenant").doesNotContain("--project");
        assertThat(usage(root, "api-key", "list")).contains("--tenant", "--project");
    }

    @Test
    void aListIsATableOfAllItsPages() {
        answerTwoPagesOfKeys();
        assertThat(run("api-key", "list")).isZero();
        assertThat(out.toString().lines()).first().asString().startsWith("KEY ID  DISPLAY NAME  SCOPES  MODELS");
        assertThat(out.toString()).contains("key_a", "봇", "key_b", "revoked").doesNotContain("KEY_STATE");
    }

    @Test
    void aProgramGetsAllPagesAsOneAnswer() {
        answerTwoPagesOfKeys();
        assertThat(run("api-key", "list", "--json")).isZero();
        assertThat(out.toString())
                .contains("\"keyId\":\"key_a\"", "\"keyId\":\"key_b\"", "\"state\":\"KEY_STATE_REVOKED\"")
                .contains("\"nextPageToken\":\"\"")
                .hasLineCount(1);
    }

    @Test
    void anEmptyListIsSaid() {
        platform.answers(PROJECTS, "{}");
        assertThat(run("project", "list")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("Nothing yet.");
    }

    @Test
    void aFileIsPrintedAsItIs() {
        String file = "month,model\r\n2026-03,exaone\r\n";
        platform.answers("GET /api/v1/tenants/" + TENANT + "/statements/2026-03/csv", file);
        assertThat(run("statement", "export", "--month", "2026-03")).isZero();
        assertThat(out).hasToString(file);
    }

    @Test
    void whatIsTypedIsWhatIsSent() {
        String path = "POST /api/v1/tenants/" + TENANT + "/limits";
        platform.answers(path, "{\"limit\": {\"limitId\": \"lim_a\", \"value\": \"600\"}}");
        assertThat(run("limit", "create", "--kind", "requests-per-minute", "--value", "600", "--project", PROJECT))
                .isZero();
        assertThat(last().call()).startsWith(path + "?requestId=");
        assertThat(last().authorization()).isEqualTo("Bearer exk_test");
        assertThat(last().body())
                .contains("\"kind\":\"LIMIT_KIND_REQUESTS_PER_MINUTE\"")
                .contains("\"value\":\"600\"")
                .contains("\"projectId\":\"" + PROJECT + "\"");
        assertThat(out.toString()).contains("limit id: lim_a");
    }

    @Test
    void aSecretIsReadAndNeverAnArgument() {
        platform.answers(
                "PUT /api/v1/tenants/" + TENANT + "/projects/" + PROJECT + "/secrets/TOKEN",
                "{\"secret\": {\"name\": \"TOKEN\"}}");
        InputStream keyboard = System.in;
        System.setIn(new ByteArrayInputStream("s3cret\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("secret", "set", "TOKEN")).isZero();
        } finally {
            System.setIn(keyboard);
        }
        assertThat(last().body()).contains("{\"value\":\"s3cret\"}");
        assertThat(out.toString()).doesNotContain("s3cret");
    }

    @Test
    void aRefusalIsSaidInThePlatformsWordsAndWithWhoWasRefused() {
        platform.answers(
                "GET /api/v1/tenants/" + TENANT,
                "403 {\"detail\": \"This needs the permission tenant.read.\", \"reason\": \"PERMISSION_DENIED\", \"requestId\": \"req_1\"}");
        assertThat(run("tenant", "get", TENANT)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString())
                .contains("This needs the permission tenant.read.", "PERMISSION_DENIED", "req_1")
                .contains("unset EXAONE_API_KEY");
    }

    @Test
    void aWordThatNobodyKnowsIsAnsweredWithWhatOneMayType() {
        assertThat(run("member", "create-invitation", "--email", "a@b.example", "--role", "boss"))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("tenant-admin, developer, viewer");
        assertThat(run("nonsense")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    @Test
    void aProgramGetsJson() {
        platform.answers("GET /api/v1/tenants/" + TENANT, "{\"tenant\": {\"name\": \"acme\"}}");
        assertThat(run("tenant", "get", "--json", TENANT)).isZero();
        assertThat(out.toString().strip()).isEqualTo("{\"tenant\": {\"name\": \"acme\"}}");
    }

    @Test
    void aPlatformThatIsNotThereIsSaid() {
        platform.close();
        assertThat(run("tenant", "list")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("cannot be reached", "./exaone status");
    }

    @Test
    void aUrlThatIsNoneIsSaid() {
        for (String url : new String[] {"exaone.example", "http://not a url", "ftp://exaone.example"}) {
            assertThat(run("tenant", "list", "--url", url)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(errors.toString()).contains("'" + url + "' is no URL");
        }
    }

    @Test
    void whatAPersonTypesForATenantOrAProjectIsItsName() {
        platform.answers(PROJECTS, """
                {"projects": [{"projectId": "prj_a", "name": "chatbot"}, {"projectId": "prj_b", "name": "search"}]}
                """);
        platform.answers("GET /api/v1/tenants/" + TENANT + "/projects/prj_b/api-keys", "{}");
        assertThat(run("api-key", "list", "--tenant", "acme", "--project", "search"))
                .isZero();
        assertThat(run("api-key", "list", "--project", "none")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("There is no project 'none' in this tenant. It has: chatbot, search");
        assertThat(run("project", "list", "--tenant", "other")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("There is no tenant 'other' that you may act in. Yours: acme");
    }

    @Test
    void whoIsNotSignedInIsToldHow() {
        environment.remove("EXAONE_API_KEY");
        assertThat(run("tenant", "list")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString())
                .contains("You are not signed in at " + platform.url())
                .contains("exaone login");
    }

    @Test
    void aSignInIsNeverShownToAnotherInstallation() {
        environment.remove("EXAONE_API_KEY");
        signedInAt("https://elsewhere.example");
        assertThat(run("tenant", "list")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("You are not signed in at " + platform.url());
        assertThat(platform.asked()).isEmpty();
    }

    @Test
    void whatIsRememberedIsWhatLaterCommandsAreAbout() {
        environment.remove("EXAONE_API_KEY");
        signedInAt(platform.url());
        platform.answers(TOKEN, "{\"access_token\": \"at\", \"expires_in\": 60, \"refresh_token\": \"rt2\"}");
        platform.answers("GET /api/v1/account", """
                {"account": {"subject": "usr_1", "memberships": [
                  {"tenantId": "%s", "tenantName": "acme"}, {"tenantId": "tnt_2", "tenantName": "globex"}]}}
                """.formatted(TENANT));
        platform.answers(PROJECTS, "{}");
        assertThat(run("project", "list")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("several tenants (acme, globex)", "exaone use --tenant NAME");

        assertThat(run("use", "--tenant", "acme")).isZero();
        assertThat(run("project", "list")).isZero();
        assertThat(last().authorization()).isEqualTo("Bearer at");
        assertThat(profiles().read())
                .isEqualTo(new Profile(
                        Optional.of(platform.url()), Optional.of("rt2"), Optional.of(TENANT), Optional.empty()));
    }

    @Test
    void aSignInThatHasEndedIsSaid() {
        environment.remove("EXAONE_API_KEY");
        signedInAt(platform.url());
        platform.answers(TOKEN, "400 {\"error\": \"invalid_grant\", \"error_description\": \"Token is not active\"}");
        assertThat(run("tenant", "list")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("You are signed out (Token is not active). Run: exaone login");
    }

    @Test
    void whatThePlatformNeedsIsAskedForAtOnce() {
        assertThat(run("usage", "query")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("Missing required options", "--start-time", "--end-time");
        assertThat(platform.asked()).isEmpty();
    }

    @Test
    void aUsageRecordIsShownByWhatItTells() {
        platform.answers("GET /api/v1/tenants/" + TENANT + "/usage-records", """
                {"usageRecords": [{"requestId": "req_1", "projectId": "prj_1", "model": "m", "outputTokens": "7",
                  "outcome": "OUTCOME_REFUSED", "reason": "QUOTA_EXCEEDED"}]}
                """);
        assertThat(run("usage", "list-records")).isZero();
        assertThat(out.toString())
                .contains("OUTPUT TOKENS", "req_1", "refused", "QUOTA_EXCEEDED")
                .doesNotContain("prj_1");
    }

    private static String usage(CommandLine root, String group, String verb) {
        return root.getSubcommands().get(group).getSubcommands().get(verb).getUsageMessage();
    }

    private void answerTwoPagesOfKeys() {
        String path = "GET /api/v1/tenants/" + TENANT + "/projects/" + PROJECT + "/api-keys";
        platform.answers(
                path + "?pageSize=200",
                "{\"apiKeys\": [{\"keyId\": \"key_a\", \"displayName\": \"봇\"}], \"nextPageToken\": \"p2\"}");
        platform.answers(
                path + "?pageSize=200&pageToken=p2",
                "{\"apiKeys\": [{\"keyId\": \"key_b\", \"state\": \"KEY_STATE_REVOKED\"}]}");
    }

    private void signedInAt(String url) {
        profiles().write(new Profile(Optional.of(url), Optional.of("rt"), Optional.empty(), Optional.empty()));
    }

    private StandInPlatform.Asked last() {
        return platform.asked().getLast();
    }

    private ProfileFile profiles() {
        return new ProfileFile(folder.resolve("profile.properties"));
    }

    private int run(String... arguments) {
        CommandLine commandLine = commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        return commandLine.execute(arguments);
    }

    private CommandLine commandLine() {
        return ExaoneCommand.commandLine(environment, profiles(), new PrintWriter(out, true));
    }
}
