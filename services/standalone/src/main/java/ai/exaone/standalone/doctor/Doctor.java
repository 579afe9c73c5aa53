package ai.exaone.standalone.doctor;

import ai.exaone.servers.SoftwareCache;
import ai.exaone.servers.SoftwareVersions;
import ai.exaone.servers.keycloak.KeycloakSoftware;
import ai.exaone.servers.mariadb.MariaDbSoftware;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.platform.RunningAddress;
import ai.exaone.standalone.process.PartRecord;
import ai.exaone.standalone.process.RunFolder;
import ai.exaone.standalone.settings.ChatEngine;
import ai.exaone.standalone.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at the machine and the installation, and changes nothing. */
public final class Doctor {
    private static final int LEAST_PROCESSORS = 2;
    private static final Set<PosixFilePermission> OPEN = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Home home;
    private final Settings settings;
    private final SoftwareCache cache;
    private final RunFolder run;

    public Doctor(Home home, Settings settings, SoftwareCache cache) {
        this.home = home;
        this.settings = settings;
        this.cache = cache;
        this.run = new RunFolder(home.runFolder());
    }

    public List<Finding> examine() throws IOException, InterruptedException {
        var findings = new ArrayList<Finding>();
        findings.add(Finding.good("java", Runtime.version() + " in " + System.getProperty("java.home")));
        findings.add(processors());
        if (run.read("supervisor").filter(PartRecord::isAlive).isPresent()) {
            findings.add(Preflight.disk(home));
            findings.add(chat());
        } else {
            findings.addAll(Preflight.check(home, settings));
        }
        findings.add(secrets());
        findings.add(database());
        findings.add(keycloak());
        findings.add(engines());
        return findings;
    }

    private static Finding processors() {
        int processors = Runtime.getRuntime().availableProcessors();
        return processors < LEAST_PROCESSORS
                ? Finding.doubtful("processors", "One processor: starts take minutes")
                : Finding.good("processors", processors + " available");
    }

    private Finding chat() {
        return RunningAddress.read(run).filter(RunningAddress::answersChats).isPresent()
                ? Finding.good("chat", "The platform runs and answers chats")
                : Finding.bad(
                        "chat", "The platform runs but answers no chats: ./exaone status says which part is not ready");
    }

    private Finding secrets() throws IOException {
        if (!Files.isDirectory(home.secretsFolder())) {
            return Finding.good("secrets", "none yet: the first start makes them");
        }
        var open = new ArrayList<Path>();
        try (var files = Files.list(home.secretsFolder())) {
            for (var file : files.toList()) {
                if (Files.getPosixFilePermissions(file).stream().anyMatch(OPEN::contains)) {
                    open.add(file);
                }
            }
        }
        return open.isEmpty()
                ? Finding.good("secrets", "closed to other users; keep a backup of " + home.secretsFolder())
                : Finding.bad("secrets", "Other users can read " + open + ". Close them: chmod 600");
    }

    private Finding database() throws IOException, InterruptedException {
        if (!MariaDbSoftware.isPrepared(cache, SoftwareVersions.ofThisBuild())) {
            return Finding.good("database", "not unpacked yet: the first start does it");
        }
        var software = MariaDbSoftware.prepare(cache, SoftwareVersions.ofThisBuild());
        var process = new ProcessBuilder(software.server().toString(), "--no-defaults", "--version")
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0
                ? Finding.good("database", said)
                : Finding.bad(
                        "database",
                        "MariaDB does not run here: " + said
                                + ". On Debian: apt-get install libcrypt1 libsystemd0 libstdc++6 libzstd1 liblz4-1");
    }

    private Finding keycloak() {
        return KeycloakSoftware.isPrepared(cache, SoftwareVersions.ofThisBuild())
                ? Finding.good("keycloak", SoftwareVersions.ofThisBuild().keycloak() + " is built")
                : Finding.good("keycloak", "not built yet: the first start does it");
    }

    private Finding engines() throws InterruptedException {
        return switch (settings.chatEngine()) {
            case ChatEngine.External external -> ChatEngineCheck.endpoint(external);
            case ChatEngine.Embedded() ->
                embedded("the small model that comes along, which proves the platform, not answers");
            case ChatEngine.ModelFile(var gguf) -> embedded(gguf.toString());
        };
    }

    private Finding embedded(String model) {
        return settings.enginePython().isPresent()
                ? Finding.good("engines", "chats are answered by " + model)
                : Finding.bad("engines", "The embedded engines' Python environment is missing: ./exaone up makes it");
    }
}
