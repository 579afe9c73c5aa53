package ai.exaone.cli.login;

import ai.exaone.cli.CliException;
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
        if (surroundings.keyIsPresented()) {
            say("The key in EXAONE_API_KEY goes before this. To act as yourself: unset EXAONE_API_KEY");
        }
    }

    /** Signs out where one is signed in, which need not be where the environment points. */
    public void signOut() {
        Profile profile = profile();
        if (profile.refreshToken().isEmpty() || profile.baseUrl().isEmpty()) {
            say("You are not signed in.");
            return;
        }
        String url = profile.baseUrl().get();
        new Realm(url).signOut(profile.refreshToken().get());
        remember(profile.withRefreshToken(Optional.empty()));
        say("Signed out at " + url + ".");
    }

    /** Remembers the tenant and the project that the command names. */
    public void use() {
        if (surroundings.keyIsPresented()) {
            throw new CliException("A key acts in its own tenant: nothing is remembered for it. To act as yourself: "
                    + "unset EXAONE_API_KEY, and: exaone login");
        }
        Optional<String> tenant = surroundings.namedTenantId();
        Optional<String> project = surroundings.namedProjectId();
        if (tenant.isEmpty() && project.isEmpty()) {
            throw new CliException("Give --tenant, --project or both.");
        }
        String tenantId = tenant.orElseGet(surroundings::tenantId);
        remember(profile().withDefaults(Optional.of(tenantId), project));
        say("Commands are about the tenant " + tenantId
                + project.map(id -> " and its project " + id).orElse("") + ".");
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
