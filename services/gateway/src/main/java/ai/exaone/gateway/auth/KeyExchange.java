package ai.exaone.gateway.auth;

/** Asks identity who a key is. */
public interface KeyExchange {
    /**
     * Exchanges a key.
     *
     * @throws ai.exaone.errors.PlatformException of category UNAUTHENTICATED when the key is not accepted
     */
    ExchangedKey exchange(String presentedKey);
}
