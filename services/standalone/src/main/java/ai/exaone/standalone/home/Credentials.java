package ai.exaone.standalone.home;

import ai.exaone.servers.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code credentials.env}: what a person pastes into a shell to use the installation. Mode 600, one {@code NAME=value} a line,
 * values without anything a shell would interpret.
 *
 * @param baseUrl the installation's public URL, without {@code /v1}
 * @param adminUser the platform admin made at the first start
 * @param adminPassword that admin's first password; a later change in the console is not written here
 * @param apiKey of the demo tenant, once there is one
 */
public record Credentials(String baseUrl, String adminUser, String adminPassword, Optional<String> apiKey) {
    private static final String BASE_URL = "EXAONE_BASE_URL";
    private static final String API_KEY = "EXAONE_API_KEY";
    private static final String ADMIN_USER = "EXAONE_ADMIN_USER";
    private static final String ADMIN_PASSWORD = "EXAONE_ADMIN_PASSWORD";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9:/._@\\[\\]-]+");
    private static final int PASSWORD_LENGTH = 24;

    public Credentials {
        for (var value : new String[] {baseUrl, adminUser, adminPassword, apiKey.orElse("-")}) {
            if (!PLAIN.matcher(value).matches()) {
                throw new IllegalArgumentException("A credential holds a character that a shell would interpret");
            }
        }
    }

    /** Reads the file, or makes an admin for a first start. The base URL is always the one given. */
    public static Credentials openOrGenerate(Path file, String baseUrl, SecureRandom random) {
        var kept = read(file);
        return new Credentials(
                baseUrl,
                kept.getOrDefault(ADMIN_USER, "admin"),
                kept.getOrDefault(ADMIN_PASSWORD, Secret.password(random, PASSWORD_LENGTH)),
                Optional.ofNullable(kept.get(API_KEY)));
    }

    /** The key in the file, if the file and a key in it exist. */
    public static Optional<String> readApiKey(Path file) {
        return Optional.ofNullable(read(file).get(API_KEY));
    }

    public Credentials withApiKey(String key) {
        return new Credentials(baseUrl, adminUser, adminPassword, Optional.of(key));
    }

    public void write(Path file) {
        var lines = new StringBuilder();
        lines.append(BASE_URL).append('=').append(baseUrl).append('\n');
        apiKey.ifPresent(key -> lines.append(API_KEY).append('=').append(key).append('\n'));
        lines.append(ADMIN_USER).append('=').append(adminUser).append('\n');
        lines.append(ADMIN_PASSWORD).append('=').append(adminPassword).append('\n');
        try {
            Folders.writePrivate(file, lines.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + baseUrl + ", " + adminUser + "]";
    }

    private static Map<String, String> read(Path file) {
        var values = new LinkedHashMap<String, String>();
        if (!Files.exists(file)) {
            return values;
        }
        try {
            for (var line : Files.readAllLines(file)) {
                var separator = line.indexOf('=');
                if (separator > 0) {
                    values.put(
                            line.substring(0, separator).strip(),
                            line.substring(separator + 1).strip());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return values;
    }
}
