package ai.exaone.rpc;

import java.util.Locale;
import java.util.Optional;

/** The platform's services, in the order in which they start. */
public enum ServiceName {
    IDENTITY,
    QUOTA,
    SERVING,
    AGENTS,
    GATEWAY;

    /** The name on the wire, in configuration, in certificates and in file names: {@code gateway}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The service with that wire name. */
    public static Optional<ServiceName> ofWireName(String wireName) {
        for (ServiceName service : values()) {
            if (service.wireName().equals(wireName)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }
}
