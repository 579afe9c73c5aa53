package ai.exaone.standalone.platform;

import ai.exaone.servers.ServerCommand;
import ai.exaone.servers.SoftwareCache;
import ai.exaone.servers.SoftwareVersions;
import ai.exaone.servers.keycloak.KeycloakServer;
import ai.exaone.servers.keycloak.KeycloakSoftware;
import ai.exaone.servers.keycloak.RealmVariables;
import ai.exaone.servers.mariadb.DatabaseAccount;
import ai.exaone.servers.mariadb.MariaDbServer;
import ai.exaone.servers.mariadb.MariaDbSoftware;
import ai.exaone.standalone.home.Certificates;
import ai.exaone.standalone.home.Credentials;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.home.Secret;
import ai.exaone.standalone.home.Secrets;
import ai.exaone.standalone.process.LoopbackPorts;
import ai.exaone.standalone.settings.OptionalPart;
import ai.exaone.standalone.settings.Settings;
import ai.exaone.standalone.supervisor.Part;
import ai.exaone.standalone.supervisor.Part.Priority;
import ai.exaone.standalone.supervisor.Parts;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One installation on this machine, made ready to start: folders, secrets, certificates, software, ports, and its parts. */
public final class Installation {
    private static final int LEAST_PLATFORM_HEAP = 512;
    private static final int LEAST_SERVICE_HEAP = 192;

    private final Home home;
    private final Settings settings;
    private final Secrets secrets;
    private final Credentials credentials;
    private final MariaDbServer database;
    private final KeycloakServer keycloak;
    private final Map<String, DatabaseAccount> accounts = new HashMap<>();
    private final Map<String, Integer> rpcPorts = new LinkedHashMap<>();

    private Installation(Home home, Settings settings, SoftwareCache cache) {
        var random = new SecureRandom();
        var versions = SoftwareVersions.ofThisBuild();
        var ports = new LoopbackPorts(home.runFolder().resolve("ports.properties"));
        this.home = home;
        this.settings = settings;
        this.secrets = Secrets.open(home, random);
        this.credentials = Credentials.openOrGenerate(home.credentialsFile(), settings.publicUrl(), random);
        credentials.write(home.credentialsFile());
        new Certificates(home.certificatesFolder(), Clock.systemUTC(), random).prepare(Services.NAMES);
        for (var service : Services.NAMES) {
            var password = secrets.read(Services.databasePassword(service));
            accounts.put(service, new DatabaseAccount(Services.database(service), password));
            rpcPorts.put(service, ports.take("rpc-" + service));
        }
        var keycloakAccount = new DatabaseAccount("keycloak", secrets.read(Secret.DATABASE_KEYCLOAK));
        var allAccounts = new ArrayList<>(accounts.values());
        allAccounts.add(keycloakAccount);
        this.database = new MariaDbServer(
                MariaDbSoftware.prepare(cache, versions),
                home.databaseFolder(),
                ports.take("database"),
                allAccounts,
                MariaDbServer.Durability.FULL,
                settings.databaseMebibytes());
        this.keycloak = new KeycloakServer(
                KeycloakSoftware.prepare(cache, versions, Java.launcher()),
                home.keycloakFolder(),
                ports.take("keycloak"),
                ports.take("keycloak-management"),
                database.jdbcUrl("mariadb", keycloakAccount),
                keycloakAccount.name(),
                keycloakAccount.password(),
                realmVariables());
    }

    /** Prepares everything but processes. The home must exist, and no other supervisor may use it. */
    public static Installation prepare(Home home, Settings settings, SoftwareCache cache) {
        return new Installation(home, settings, cache);
    }

    public Credentials credentials() {
        return credentials;
    }

    public URI keycloakUrl() {
        return keycloak.internalUrl();
    }

    public String keycloakInstallationSecret() {
        return secrets.read(Secret.KEYCLOAK_INSTALLATION);
    }

    public Parts parts(Map<String, String> operatorsEnvironment) {
        var environment = new PlatformEnvironment(operatorsEnvironment)
                .home(home, settings)
                .database(database, accounts, secrets)
                .keycloak(keycloak.internalUrl(), secrets)
                .engines(settings)
                .calls(home, settings.layout(), rpcPorts);
        var services = switch (settings.layout()) {
            case ONE_PROCESS -> List.of(platformPart(environment));
            case PROCESS_PER_SERVICE ->
                rpcPorts.entrySet().stream()
                        .filter(service -> Services.run(settings).contains(service.getKey()))
                        .map(service -> servicePart(service.getKey(), service.getValue(), environment))
                        .toList();
        };
        var signIn = Optional.of(keycloakPart()).filter(part -> settings.runs(OptionalPart.KEYCLOAK));
        return new Parts(databasePart(), services, signIn);
    }

    private Part databasePart() {
        return new Part(
                "database",
                () -> {
                    database.install();
                    return inHome(database.command());
                },
                database::isReady,
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                Priority.NORMAL);
    }

    private Part keycloakPart() {
        return new Part(
                "keycloak",
                () -> {
                    keycloak.install();
                    return inHome(keycloak.command());
                },
                keycloak::isReady,
                Duration.ofMinutes(15),
                Duration.ofSeconds(20),
                Priority.LOW);
    }

    private Part platformPart(PlatformEnvironment environment) {
        var heap = Java.heapMebibytes(Machine.memoryBytes(), LEAST_PLATFORM_HEAP);
        var command = Java.command("ai.exaone.standalone.PlatformApplication", heap, settings.javaOptions());
        command.addAll(Services.run(settings));
        return service("platform", command, environment.values(), publicPort());
    }

    private Part servicePart(String service, int port, PlatformEnvironment environment) {
        var heap = Java.heapMebibytes(Machine.memoryBytes(), LEAST_SERVICE_HEAP);
        var command = Java.command(Services.mainClass(service), heap, settings.javaOptions());
        var probe = service.equals(Services.GATEWAY) ? publicPort() : new TcpProbe("127.0.0.1", port);
        return service(service, command, environment.forService(port), probe);
    }

    private Part service(String name, List<String> command, Map<String, String> environment, TcpProbe probe) {
        var launch = inHome(new ServerCommand(command, environment));
        return new Part(
                name, () -> launch, probe::accepts, Duration.ofMinutes(5), Duration.ofSeconds(45), Priority.NORMAL);
    }

    private TcpProbe publicPort() {
        return new TcpProbe(settings.localHost(), settings.port());
    }

    /** Every process of the installation has its home in its environment: by that it is told from others. */
    private ServerCommand inHome(ServerCommand command) {
        var environment = new HashMap<>(command.environment());
        environment.put("EXAONE_HOME", home.root().toString());
        return new ServerCommand(command.arguments(), environment);
    }

    private RealmVariables realmVariables() {
        return new RealmVariables(
                settings.publicUrl(),
                secrets.read(Secret.KEYCLOAK_CONSOLE),
                secrets.read(Secret.KEYCLOAK_IDENTITY),
                secrets.read(Secret.KEYCLOAK_INSTALLATION),
                credentials.adminUser(),
                credentials.adminPassword());
    }
}
