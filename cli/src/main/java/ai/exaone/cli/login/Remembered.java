package ai.exaone.cli.login;

import ai.exaone.cli.Surroundings;
import ai.exaone.cli.profile.Profile;
import java.util.Optional;

/** Signing in and out, and choosing what later commands are about: everything that changes what is remembered. */
public final class Remembered {
    private final Surroundings surroundings;

    public Remembered(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public void signIn() {
        String url = surroundings.baseUrl();
        String token = new DeviceLogin(new Realm(url), surroundings.out()).signIn();
        remember(profile().withSignIn(url, token));
        say("Signed in at " + url + ".");
    }

    public void signOut() {
        profile().refreshToken().ifPresent(new Realm(surroundings.baseUrl())::signOut);
        remember(profile().withRefreshToken(Optional.empty()));
        say("Signed out.");
    }

    /** Remembers the tenant and the project that the command names. */
    public void use() {
        String tenant = surroundings.tenantId();
        String project = surroundings.projectId();
        remember(profile().withDefaults(Optional.of(tenant), Optional.of(project)));
        say("Commands are about the tenant " + tenant + " and the project " + project + ".");
    }

    private Profile profile() {
        return surroundings.profileFile().read();
    }

    private void remember(Profile profile) {
        surroundings.profileFile().write(profile);
    }

    private void say(String line) {
        surroundings.out().println(line);
        surroundings.out().flush();
    }
}
