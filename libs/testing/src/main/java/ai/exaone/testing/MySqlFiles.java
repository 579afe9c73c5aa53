package ai.exaone.testing;

import ai.exaone.servers.SoftwareCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real MySQL: Debian's {@code mysql-server-core} in a root file system of its own, since a stable Debian has none. Needs root,
 * {@code debootstrap}, and the package mirror that the machine itself uses.
 */
final class MySqlFiles implements ServerFiles {
    private static final String SUITE = "sid";
    /** Paths inside the root file system. */
    private static final Path RUNS = Path.of("/data");

    private static final Path TEMPLATE = RUNS.resolve("template");
    private static final Pattern MIRROR =
            Pattern.compile("(?m)^(?:URIs:\\s*|deb\\s+(?:\\[[^]]*]\\s+)?)(http\\S+/debian/?)(?:\\s|$)");

    private final Path home = SoftwareCache.ofUser(System.getenv()).prepare("mysql-" + SUITE, MySqlFiles::bootstrap);

    @Override
    public Path createData() {
        Path folder = RUNS.resolve(UUID.randomUUID().toString());
        inHome(home, "cp", "-a", TEMPLATE.toString(), folder.toString());
        return home.resolve(folder.getRoot().relativize(folder));
    }

    @Override
    public List<String> command(Path folder, int port, Path initFile) {
        return List.of(
                "chroot",
                home.toString(),
                "mysqld",
                "--no-defaults",
                "--user=mysql",
                "--datadir=" + inside(folder),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + inside(folder.resolve("server.sock")),
                "--init-file=" + inside(initFile),
                "--pid-file=" + inside(folder.resolve("server.pid")),
                "--secure-file-priv=",
                "--mysqlx=0",
                "--skip-name-resolve",
                "--disable-log-bin",
                "--performance-schema=OFF",
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-buffer-pool-size=128M",
                "--max-connections=300");
    }

    private Path inside(Path path) {
        return Path.of("/").resolve(home.relativize(path));
    }

    private static void bootstrap(Path home) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            throw new IllegalStateException("A real MySQL for tests needs root");
        }
        Command.run(List.of(
                "debootstrap", "--variant=minbase", "--include=mysql-server-core", SUITE, home.toString(), mirror()));
        inHome(home, "sh", "-c", "id mysql || useradd -r mysql");
        inHome(home, "mkdir", "-p", RUNS.toString());
        inHome(home, "chown", "mysql:", RUNS.toString());
        inHome(home, "mysqld", "--no-defaults", "--initialize-insecure", "--user=mysql", "--datadir=" + TEMPLATE);
    }

    private static void inHome(Path home, String... command) {
        Command.run(Stream.concat(Stream.of("chroot", home.toString()), Stream.of(command))
                .toList());
    }

    /** The mirror that the machine's own package sources name. */
    private static String mirror() throws IOException {
        try (var lists = Files.walk(Path.of("/etc/apt"), 2)) {
            return lists.filter(file ->
                            file.toString().endsWith(".list") || file.toString().endsWith(".sources"))
                    .flatMap(MySqlFiles::mirrors)
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("The machine's package sources name no Debian mirror"));
        }
    }

    private static Stream<String> mirrors(Path list) {
        try {
            return MIRROR.matcher(Files.readString(list)).results().map((MatchResult match) -> match.group(1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
