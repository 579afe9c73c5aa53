package ai.exaone.identity.keycloak;

/**
 * One of the platform's own clients in Keycloak.
 *
 * @param secret kept out of {@link #toString()}
 */
record ClientAccount(String clientId, String secret) {
    @Override
    public String toString() {
        return "ClientAccount[" + clientId + "]";
    }
}
