package ai.exaone.cli.login;

import ai.exaone.cli.CliException;
import ai.exaone.cli.profile.Profile;
import ai.exaone.cli.profile.ProfileFile;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The access token of a remembered sign-in, refreshed when it is about to expire. Thread-safe. */
public final class SignedIn implements Supplier<String> {
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final String baseUrl;
    private final Realm realm;
    private final ProfileFile file;
    private String accessToken = "";
    private long expiry;

    /** @param baseUrl the installation's; a sign-in at another one is never shown to it */
    public SignedIn(String baseUrl, ProfileFile file) {
        this.baseUrl = baseUrl;
        this.realm = new Realm(baseUrl);
        this.file = file;
    }

    @Override
    public synchronized String get() {
        if (accessToken.isEmpty() || System.nanoTime() > expiry) {
            refresh();
        }
        return accessToken;
    }

    private void refresh() {
        Profile profile = file.read();
        String refreshToken = profile.refreshToken()
                .filter(token -> profile.isAt(baseUrl))
                .orElseThrow(() -> new CliException(
                        "You are not signed in at " + baseUrl + ". Run: exaone login (or give --key)"));
        Realm.Tokens tokens = realm.refresh(refreshToken);
        file.write(profile.withRefreshToken(Optional.of(tokens.refreshToken())));
        accessToken = tokens.accessToken();
        expiry = System.nanoTime() + tokens.lifetime().minus(MARGIN).toNanos();
    }
}
