package ai.exaone.cli.login;

import ai.exaone.cli.Surroundings;
import ai.exaone.cli.profile.Profile;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Signing in and out, and what is remembered. Its commands stand at the root. */
public final class LoginCommands {
    private LoginCommands() {}

    /** {@code exaone login}. */
    @Command(name = "login", mixinStandardHelpOptions = true, description = "Signs you in; you confirm in a browser.")
    public static final class Login implements Runnable {
        @Mixin
        private Surroundings surroundings;

        @Override
        public void run() {
            String url = surroundings.baseUrl();
            String token = new DeviceLogin(new Realm(url), surroundings.out()).signIn();
            surroundings.profileFile().write(surroundings.profileFile().read().withSignIn(url, token));
            surroundings.out().println("Signed in at " + url + ".");
            surroundings.out().flush();
        }
    }

    /** {@code exaone logout}. */
    @Command(name = "logout", mixinStandardHelpOptions = true, description = "Signs you out.")
    public static final class Logout implements Runnable {
        @Mixin
        private Surroundings surroundings;

        @Override
        public void run() {
            Profile profile = surroundings.profileFile().read();
            profile.refreshToken().ifPresent(new Realm(surroundings.baseUrl())::signOut);
            surroundings.profileFile().write(profile.withRefreshToken(Optional.empty()));
            surroundings.out().println("Signed out.");
            surroundings.out().flush();
        }
    }

    /** {@code exaone use}. */
    @Command(
            name = "use",
            mixinStandardHelpOptions = true,
            description = "Remembers the tenant and project that --tenant and --project name.")
    public static final class Use implements Runnable {
        @Mixin
        private Surroundings surroundings;

        @Override
        public void run() {
            String tenant = surroundings.tenantId();
            String project = surroundings.projectId();
            surroundings
                    .profileFile()
                    .write(surroundings.profileFile().read().withDefaults(Optional.of(tenant), Optional.of(project)));
            surroundings.out().println("Commands are about the tenant " + tenant + " and the project " + project + ".");
            surroundings.out().flush();
        }
    }
}
