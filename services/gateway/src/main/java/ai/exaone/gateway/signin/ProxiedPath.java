package ai.exaone.gateway.signin;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path of Keycloak that browsers and the command line may reach: its realm {@code exaone} and the files of its pages. Its
 * administration and its master realm are not among them.
 *
 * @param path as on the wire
 */
record ProxiedPath(String path) {
    private static final List<String> OPEN = List.of("/auth/realms/exaone/", "/auth/resources/");
    private static final String REALM = "/auth/realms/exaone";

    /**
     * Only what Keycloak itself puts into its addresses. Whatever two servers could read in two ways (escapes, empty or dotted
     * segments, backslashes, parameters of a segment) is left out.
     */
    private static final Pattern PLAIN = Pattern.compile("(/(?!\\.\\.?(/|$))[A-Za-z0-9._~!$'()*+,=:@&-]+)+/?");

    /** The path, if it may be reached. */
    static Optional<ProxiedPath> of(String rawPath) {
        boolean open = rawPath.equals(REALM) || OPEN.stream().anyMatch(rawPath::startsWith);
        return open && PLAIN.matcher(rawPath).matches() ? Optional.of(new ProxiedPath(rawPath)) : Optional.empty();
    }

    /** The path below {@code /auth}. */
    String belowAuth() {
        return path.substring("/auth".length());
    }
}
