package ai.exaone.identity.id;

/** Names an API key: {@code key_…}. */
public record KeyId(String value) {
    public static final String PREFIX = "key";

    public KeyId {
        ResourceId.require(PREFIX, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
