package ai.exaone.cli.login;

import ai.exaone.cli.CliException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;

/** The device authorization grant (RFC 8628): a person confirms in a browser, here or elsewhere. */
public final class DeviceLogin {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final Realm realm;
    private final PrintWriter out;

    public DeviceLogin(Realm realm, PrintWriter out) {
        this.realm = realm;
        this.out = out;
    }

    /** Signs in; returns the refresh token. */
    public String signIn() {
        Realm.Answer started = realm.post("/auth/device", Map.of("scope", "openid offline_access"));
        if (!started.ok()) {
            throw new CliException("Signing in does not begin: " + started.error());
        }
        out.println("Open this page and confirm the code " + started.text("user_code") + ":");
        out.println("  " + started.text("verification_uri_complete"));
        out.flush();
        return await(started);
    }

    private String await(Realm.Answer started) {
        Duration pause = Duration.ofSeconds((long) started.number("interval", SLOWER.toSeconds()));
        long deadline = System.nanoTime()
                + Duration.ofSeconds((long) started.number("expires_in", 600)).toNanos();
        while (System.nanoTime() < deadline) {
            sleep(pause);
            Realm.Answer answer =
                    realm.post("/token", Map.of("grant_type", GRANT, "device_code", started.text("device_code")));
            if (answer.ok()) {
                return answer.text("refresh_token");
            }
            switch (answer.text("error")) {
                case "authorization_pending" -> {}
                case "slow_down" -> pause = pause.plus(SLOWER);
                default -> throw new CliException("Not signed in: " + answer.error());
            }
        }
        throw new CliException("Not signed in: the code has expired. Try again.");
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CliException("Stopped.", stop);
        }
    }
}
