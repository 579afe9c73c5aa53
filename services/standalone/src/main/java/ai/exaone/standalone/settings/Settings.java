package ai.exaone.standalone.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * An installation's settings, checked.
 *
 * @param bind address of the public port
 * @param port the public port
 * @param publicUrl the installation's address as callers and browsers see it, without a trailing slash
 * @param without parts that are not run
 * @param databaseMebibytes memory of the database's page cache
 * @param javaOptions more options for the platform's JVM, separated by spaces; empty for none
 * @param enginePython the interpreter that runs the embedded engines; absent where none was prepared
 * @param consoleFolder the built console's files; absent where it was not built
 */
public record Settings(
        Path home,
        String bind,
        int port,
        String publicUrl,
        Optional<TlsFiles> tls,
        ProcessLayout layout,
        ChatEngine chatEngine,
        Set<OptionalPart> without,
        int databaseMebibytes,
        String javaOptions,
        Optional<Path> enginePython,
        Optional<Path> consoleFolder) {
    public Settings {
        without = Set.copyOf(without);
    }

    /** Whether the part is run. */
    public boolean runs(OptionalPart part) {
        return !without.contains(part);
    }

    /** The address at which this machine itself reaches the public port. */
    public String localHost() {
        return bind.equals("0.0.0.0") || bind.equals("::") ? "127.0.0.1" : bind;
    }

    /** The public port's URL on this machine. */
    public String localUrl() {
        return scheme(tls) + "://" + inUrl(localHost()) + ":" + port;
    }

    static String scheme(Optional<TlsFiles> tls) {
        return tls.isPresent() ? "https" : "http";
    }

    static String inUrl(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
