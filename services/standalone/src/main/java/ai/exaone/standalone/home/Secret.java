package ai.exaone.standalone.home;

import java.security.SecureRandom;
import java.util.Base64;

/** The secrets of an installation, each in a file of its own. Made once; the platform is told the files' paths. */
public enum Secret {
    /** Encrypts what tenants store. Whoever loses it loses their secrets, so it is never made a second time. */
    MASTER_KEY("master.key", Kind.KEY),
    API_KEY_PEPPER("key-pepper", Kind.KEY),
    DATABASE_IDENTITY("database-identity.password", Kind.PASSWORD),
    DATABASE_QUOTA("database-quota.password", Kind.PASSWORD),
    DATABASE_SERVING("database-serving.password", Kind.PASSWORD),
    DATABASE_AGENTS("database-agents.password", Kind.PASSWORD),
    DATABASE_GATEWAY("database-gateway.password", Kind.PASSWORD),
    DATABASE_KEYCLOAK("database-keycloak.password", Kind.PASSWORD),
    KEYCLOAK_CONSOLE("keycloak-console.secret", Kind.PASSWORD),
    KEYCLOAK_IDENTITY("keycloak-identity.secret", Kind.PASSWORD),
    KEYCLOAK_INSTALLATION("keycloak-installation.secret", Kind.PASSWORD);

    private static final int KEY_BYTES = 32;
    private static final int PASSWORD_LENGTH = 40;
    private static final String LETTERS_AND_DIGITS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final String fileName;
    private final Kind kind;

    Secret(String fileName, Kind kind) {
        this.fileName = fileName;
        this.kind = kind;
    }

    String fileName() {
        return fileName;
    }

    String generate(SecureRandom random) {
        return switch (kind) {
            case KEY -> {
                var key = new byte[KEY_BYTES];
                random.nextBytes(key);
                yield Base64.getEncoder().encodeToString(key);
            }
            case PASSWORD -> password(random, PASSWORD_LENGTH);
        };
    }

    /** Letters and digits that are told apart when read, so that it may be typed and needs no quoting anywhere. */
    static String password(SecureRandom random, int length) {
        var password = new StringBuilder(length);
        for (int position = 0; position < length; position++) {
            password.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
        }
        return password.toString();
    }

    private enum Kind {
        /** 32 random bytes in base64. */
        KEY,
        /** 40 letters and digits. */
        PASSWORD
    }
}
