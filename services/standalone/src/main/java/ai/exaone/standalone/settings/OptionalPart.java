package ai.exaone.standalone.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part that chats with a key can do without. The others are always run. */
public enum OptionalPart {
    /** The sign-in server: without it nobody signs in, and keys go on. */
    KEYCLOAK,
    /** The service of agents. */
    AGENTS;

    /** The part's name in the status, in its log's name and in settings. */
    public String partName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<OptionalPart> named(String name) {
        return Arrays.stream(values())
                .filter(part -> part.partName().equals(name))
                .findFirst();
    }
}
