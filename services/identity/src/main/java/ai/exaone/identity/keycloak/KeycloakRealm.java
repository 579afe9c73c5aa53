package ai.exaone.identity.keycloak;

import java.net.URI;

/**
 * The addresses of our realm.
 *
 * @param server Keycloak's base inside of the installation, {@code http://127.0.0.1:PORT/auth}
 * @param issuer what its tokens name as their issuer: the realm's address as browsers see it
 */
record KeycloakRealm(URI server, String issuer) {
    private static final String NAME = "exaone";
    private static final String OPEN_ID = "/realms/" + NAME + "/protocol/openid-connect";

    /**
     * The realm of an installation.
     *
     * @param publicUrl the installation's address as browsers see it
     */
    static KeycloakRealm of(URI server, URI publicUrl) {
        return new KeycloakRealm(server, publicUrl + "/auth/realms/" + NAME);
    }

    URI token() {
        return URI.create(server + OPEN_ID + "/token");
    }

    URI logout() {
        return URI.create(server + OPEN_ID + "/logout");
    }

    String certificates() {
        return server + OPEN_ID + "/certs";
    }

    URI administration(String path) {
        return URI.create(server + "/admin/realms/" + NAME + path);
    }
}
