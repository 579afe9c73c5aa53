package ai.exaone.standalone.command;

import ai.exaone.servers.InstallationException;
import ai.exaone.servers.keycloak.RealmClients;
import ai.exaone.standalone.doctor.Preflight;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.platform.Installation;
import ai.exaone.standalone.platform.RunningAddress;
import ai.exaone.standalone.settings.Settings;
import ai.exaone.standalone.supervisor.Announcer;
import ai.exaone.standalone.supervisor.Leftovers;
import ai.exaone.standalone.supervisor.Supervisor;
import ai.exaone.standalone.supervisor.Supervisor.Milestones;
import java.io.IOException;
import java.time.InstantSource;

/** This process as the supervisor, from the first check to the last process's end. */
final class Foreground {
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
        var address = RunningAddress.of(settings);
        address.write(run);
        var installation = Installation.prepare(home, settings, surroundings.cache());
        var milestones = new Milestones(address::answersChats, () -> {}, () -> pointConsole(installation));
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

    /** The public URL may be another than when the realm was made. */
    private void pointConsole(Installation installation) {
        try (var clients = new RealmClients(installation.keycloakUrl(), installation.keycloakInstallationSecret())) {
            clients.pointConsoleTo(settings.publicUrl());
        } catch (IOException failure) {
            announcer.say("The console's sign-in could not be pointed to " + settings.publicUrl() + ": "
                    + failure.getMessage());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
