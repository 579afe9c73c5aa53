package ai.exaone.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.exaone.servers.ServerCommand;
import ai.exaone.servers.SoftwareCache;
import ai.exaone.servers.keycloak.RealmClients;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.process.PartRecord;
import ai.exaone.standalone.process.PartState;
import ai.exaone.standalone.process.ProcessIdentity;
import ai.exaone.standalone.process.ProcessIdentity.Signal;
import ai.exaone.standalone.process.RunFolder;
import ai.exaone.standalone.settings.SettingsReader;
import ai.exaone.standalone.settings.SettingsSources;
import ai.exaone.standalone.supervisor.Part;
import ai.exaone.standalone.supervisor.Parts;
import ai.exaone.standalone.supervisor.Supervisor;
import ai.exaone.standalone.supervisor.Supervisor.Milestones;
import ai.exaone.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A whole installation with its real database and sign-in server, and a stand-in for the services. Started once. */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallationTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<String> said = new CopyOnWriteArrayList<>();
    private Home home;
    private RunFolder run;
    private Installation installation;
    private Supervisor supervisor;
    private Map<String, String> told;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        home = new Home(folder.resolve("home"));
        home.create();
        run = new RunFolder(home.runFolder());
        var environment = Map.of("EXAONE_SPOOL_SYNC", "always", "EXAONE_API_KEY", "exk_of_the_operators_shell");
        var settings = SettingsReader.read(
                home.root(),
                SettingsSources.of(Map.of("port", Integer.toString(FreePorts.take())), environment, home.configFile()));
        installation = Installation.prepare(home, settings, SoftwareCache.ofUser(System.getenv()));
        var parts = installation.parts(environment);
        var address = RunningAddress.of(settings);
        supervisor = new Supervisor(
                new Parts(parts.database(), List.of(standIn(parts.services().getFirst())), parts.signIn()),
                run,
                home.logsFolder(),
                new Milestones(address::answersChats, () -> {}, () -> {}),
                said::add,
                InstantSource.system());
        supervisor.start();
        told = Files.readAllLines(home.root().resolve("told")).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @AfterAll
    void stop() {
        if (supervisor != null) {
            supervisor.stop();
        }
    }

    @Test
    void chatsAreAnsweredBeforeTheSignInServerIsStarted() {
        assertThat(said)
                .extracting(line -> line.replaceAll(" after .*", ""))
                .containsExactly(
                        "database is ready",
                        "platform is ready",
                        "Chats are answered",
                        "keycloak is ready",
                        "Sign-in is ready");
    }

    @Test
    void theServicesAreToldAllTheyNeedAndNoSecretInWords() {
        assertThat(told)
                .containsEntry("EXAONE_HOME", home.root().toString())
                .containsEntry("EXAONE_RPC_TRANSPORT", "in-process")
                .containsEntry(
                        "EXAONE_KEYCLOAK_INTERNAL_URL",
                        installation.keycloakUrl().toString())
                .containsEntry("EXAONE_SPOOL_SYNC", "always")
                .containsKeys("EXAONE_DATABASE_QUOTA_URL", "EXAONE_DATABASE_QUOTA_PASSWORD_FILE", "EXAONE_SECRETS_DIR")
                .doesNotContainKeys("EXAONE_API_KEY", "EXAONE_ADMIN_PASSWORD");
    }

    @Test
    void aServiceReachesItsOwnDatabaseAndNoOther() throws SQLException, IOException {
        var password = Files.readString(Path.of(told.get("EXAONE_DATABASE_IDENTITY_PASSWORD_FILE")))
                .strip();
        var own = told.get("EXAONE_DATABASE_IDENTITY_URL");
        var user = told.get("EXAONE_DATABASE_IDENTITY_USER");

        try (var connection = DriverManager.getConnection(own, user, password);
                var rows = connection.createStatement().executeQuery("""
                        SELECT @@innodb_flush_log_at_trx_commit, @@global.time_zone, @@character_set_server""")) {
            rows.next();
            assertThat(rows.getInt(1)).as("a commit is on the disk").isEqualTo(1);
            assertThat(rows.getString(2)).isEqualTo("+00:00");
            assertThat(rows.getString(3)).isEqualTo("utf8mb4");
        }
        assertThatThrownBy(() -> DriverManager.getConnection(told.get("EXAONE_DATABASE_QUOTA_URL"), user, password))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("denied");
    }

    @Test
    void noPasswordIsAmongTheArgumentsOfAProcess() throws IOException {
        for (var part : run.parts()) {
            var arguments = Files.readString(
                    Path.of("/proc/" + part.process().orElseThrow().pid() + "/cmdline"));
            try (var secrets = Files.list(home.secretsFolder())) {
                for (var secret : secrets.toList()) {
                    assertThat(arguments)
                            .doesNotContain(Files.readString(secret).strip());
                }
            }
        }
    }

    @Test
    void theConsolesSignInFollowsTheInstallationsAddress() throws Exception {
        try (var clients = new RealmClients(installation.keycloakUrl(), installation.keycloakInstallationSecret())) {
            clients.pointConsoleTo("https://exaone.partner.example");
        }

        assertThat(signInPage("https://exaone.partner.example/signin/callback")).isEqualTo(200);
        assertThat(signInPage("https://elsewhere.example/signin/callback")).isEqualTo(400);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aKilledDatabaseAndAKilledSignInServerComeBack() throws Exception {
        for (var name : List.of("database", "keycloak")) {
            var killed = run.read(name).flatMap(PartRecord::process).orElseThrow();
            killed.signal(Signal.KILL);

            await(name)
                    .atMost(PATIENCE)
                    .until(() -> run.read(name)
                            .filter(part -> part.restarts() == 1 && part.state() == PartState.READY)
                            .isPresent());
        }
        assertThat(signInPage("https://exaone.partner.example/signin/callback"))
                .as("kept")
                .isEqualTo(200);

        var processes = run.parts().stream()
                .filter(part -> !part.name().equals("supervisor"))
                .flatMap(part -> part.process().stream())
                .toList();
        supervisor.stop();
        assertThat(processes).hasSize(3).noneMatch(ProcessIdentity::isAlive);
    }

    /** The part as it is, but for the program. */
    private static Part standIn(Part platform) {
        return new Part(
                platform.name(),
                () -> {
                    var command = platform.command().get();
                    var java = command.arguments().getFirst();
                    var classPath = System.getProperty("java.class.path");
                    return new ServerCommand(
                            List.of(java, "-cp", classPath, StandInPlatform.class.getName()), command.environment());
                },
                platform.ready(),
                platform.startLimit(),
                platform.stopLimit(),
                platform.priority());
    }

    private int signInPage(String redirect) throws IOException, InterruptedException {
        var address = installation.keycloakUrl()
                + "/realms/exaone/protocol/openid-connect/auth?client_id=exaone-console&response_type=code&scope=openid"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&redirect_uri="
                + redirect;
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
