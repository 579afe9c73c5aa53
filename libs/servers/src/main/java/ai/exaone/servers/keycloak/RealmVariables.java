package ai.exaone.servers.keycloak;

import java.util.Map;

/**
 * What an installation puts into the realm when it is created. Later changes of the secrets here have no effect: they live in
 * Keycloak's database from then on.
 *
 * @param publicUrl the installation's address as browsers see it, without a trailing slash
 * @param adminUser the first platform admin
 */
public record RealmVariables(
        String publicUrl,
        String consoleSecret,
        String identitySecret,
        String installationSecret,
        String adminUser,
        String adminPassword) {
    public RealmVariables {
        if (publicUrl.endsWith("/")) {
            throw new IllegalArgumentException("The public URL must not end with a slash: " + publicUrl);
        }
    }

    /** The names are those of the placeholders in {@code exaone-realm.json}. */
    Map<String, String> environment() {
        return Map.of(
                "EXAONE_REALM_PUBLIC_URL", publicUrl,
                "EXAONE_REALM_CONSOLE_SECRET", consoleSecret,
                "EXAONE_REALM_IDENTITY_SECRET", identitySecret,
                "EXAONE_REALM_INSTALLATION_SECRET", installationSecret,
                "EXAONE_REALM_ADMIN_USER", adminUser,
                "EXAONE_REALM_ADMIN_PASSWORD", adminPassword);
    }

    @Override
    public String toString() {
        return "RealmVariables[" + publicUrl + ", " + adminUser + "]";
    }
}
