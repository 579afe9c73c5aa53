package ai.exaone.standalone.command;

import ai.exaone.servers.InstallationException;
import ai.exaone.servers.keycloak.RealmClients;
import ai.exaone.standalone.bootstrap.Bootstrap;
import ai.exaone.standalone.bootstrap.ManagementApi;
import ai.exaone.standalone.doctor.ChatEngineCheck;
import ai.exaone.standalone.doctor.Finding.Grade;
import ai.exaone.standalone.doctor.Preflight;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.platform.Installation;
import ai.exaone.standalone.platform.LocalConnections;
import ai.exaone.standalone.platform.RunningAddress;
import ai.exaone.standalone.settings.OptionalPart;
import ai.exaone.standalone.settings.Settings;
import ai.exaone.standalone.supervisor.Announcer;
import ai.exaone.standalone.supervisor.Leftovers;
import ai.exaone.standalone.supervisor.Supervisor;
import ai.exaone.standalone.supervisor.Supervisor.Milestones;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/** This process as the supervisor, from the first check to the last process's end. */
final class Foreground {
    private static final int BOOTSTRAP_ATTEMPTS = 30;
    private static final Duration BOOTSTRAP_PAUSE = Duration.ofSeconds(2);

    private final Surroundings surroundings;
    private final Settings settings;
    private final Announcer announcer;

    Foreground(Surroundings surroundings, Settings settings, Announcer announcer) {
        this.surroundings = surroundings;
        this.settings = settings;
        this.announcer = announcer;
    }

    /**
     * Runs until it is told to stop. The run folder must be claimed.
     *
     * @param ready done when all is up
     */
    void run(Runnable ready) throws InterruptedException {
        Home home = surroundings.home();
        var run = surroundings.run();
        new Leftovers(run, announcer).end();
        Preflight.require(home, settings);
        var engine = ChatEngineCheck.endpoint(settings.chatEngine());
        if (engine.grade() == Grade.BAD) {
            announcer.say(engine.detail());
        }
        var address = RunningAddress.of(settings);
        address.write(run);
        var installation = Installation.prepare(home, settings, surroundings.cache());
        requireKeyOrSignIn(installation);
        var milestones = new Milestones(address::answersChats, () -> {}, () -> settle(installation, address));
        var supervisor = new Supervisor(
                installation.parts(surroundings.environment()),
                run,
                home.logsFolder(),
                milestones,
                announcer,
                InstantSource.system());
        // SIGTERM, Ctrl-C and a failure below all end here.
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop));
        try {
            supervisor.start();
            ready.run();
        } catch (InstallationException failure) {
            announcer.say("Giving up: " + failure.getMessage());
            supervisor.stop();
            throw failure;
        }
        supervisor.awaitStop();
    }

    private void requireKeyOrSignIn(Installation installation) {
        if (!settings.runs(OptionalPart.KEYCLOAK)
                && installation.credentials().apiKey().isEmpty()) {
            throw new InstallationException("The first start makes the demo tenant and its key, for which it signs in."
                    + " Start once with keycloak; later starts can do without it.");
        }
    }

    /** The public URL may be another than when the realm was made; and a first start has no key yet. */
    private void settle(Installation installation, RunningAddress address) {
        try (var realm = new RealmClients(installation.keycloakUrl(), installation.keycloakInstallationSecret())) {
            realm.pointConsoleTo(settings.publicUrl());
            if (installation.credentials().apiKey().isEmpty()) {
                bootstrap(installation, address, realm);
            }
        } catch (IOException failure) {
            announcer.say("Not everything is set up; the next start tries again: " + failure.getMessage());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    /** The services may still be on their way when people can sign in already, so it is tried for a while. */
    private void bootstrap(Installation installation, RunningAddress address, RealmClients realm)
            throws IOException, InterruptedException {
        var connections = new LocalConnections(address.certificate());
        for (int attempt = 1; ; attempt++) {
            try {
                var key = new Bootstrap(new ManagementApi(connections, address.localUrl(), realm.token())).run();
                installation
                        .credentials()
                        .withApiKey(key)
                        .write(surroundings.home().credentialsFile());
                announcer.say("The demo tenant has a key");
                return;
            } catch (IOException failure) {
                if (attempt == BOOTSTRAP_ATTEMPTS) {
                    throw failure;
                }
                Thread.sleep(BOOTSTRAP_PAUSE);
            }
        }
    }
}
