package ai.exaone.servers.mariadb;

import ai.exaone.servers.Folders;
import ai.exaone.servers.InstallationException;
import ai.exaone.servers.ServerCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One database server: a data folder, a loopback port, and the accounts that exist on it.
 *
 * @param dataFolder kept between starts; private to its owner
 * @param accounts created or brought up to date at every start, before the first connection is accepted
 * @param bufferPoolMebibytes memory for InnoDB's pages
 */
public record MariaDbServer(
        MariaDbSoftware software,
        Path dataFolder,
        int port,
        List<DatabaseAccount> accounts,
        Durability durability,
        int bufferPoolMebibytes) {
    private static final int PROTOCOL_10 = 10;
    private static final int HANDSHAKE_HEADER_BYTES = 4;
    private static final int PROBE_MILLISECONDS = 500;

    /** What a commit waits for. */
    public enum Durability {
        /** Every commit is on the disk before it is answered. */
        FULL(1),
        /** Commits reach the disk once a second: for tests, whose data may go with the power. */
        RELAXED(2);

        private final int flushAtCommit;

        Durability(int flushAtCommit) {
            this.flushAtCommit = flushAtCommit;
        }
    }

    public MariaDbServer {
        accounts = List.copyOf(accounts);
        dataFolder = dataFolder.toAbsolutePath();
    }

    /** The JDBC address of an account's database, without its password. */
    public String jdbcUrl(String scheme, DatabaseAccount account) {
        return "jdbc:" + scheme + "://127.0.0.1:" + port + "/" + account.name();
    }

    /** Creates the data folder's system tables if there are none, and writes the accounts down for the next start. */
    public void install() {
        try {
            Folders.createPrivate(Objects.requireNonNull(dataFolder.getParent(), "the data folder is a root"));
            Folders.createPrivate(temporaryFolder());
            if (!Files.isDirectory(dataFolder.resolve("mysql"))) {
                createSystemTables();
            }
            var statements = accounts.stream().map(DatabaseAccount::statements).collect(Collectors.joining());
            Folders.writePrivate(accountsFile(), statements);
        } catch (IOException failure) {
            throw new InstallationException(
                    "Cannot write the database's folder " + dataFolder + ": " + failure.getMessage(), failure);
        }
    }

    public ServerCommand command() {
        var arguments = new ArrayList<String>();
        arguments.add(software.server().toString());
        // Must stay the first option: nothing of the machine's own configuration applies.
        arguments.add("--no-defaults");
        arguments.add("--basedir=" + software.folder());
        arguments.add("--lc-messages-dir=" + software.folder().resolve("share"));
        arguments.add("--datadir=" + dataFolder);
        arguments.add("--tmpdir=" + temporaryFolder());
        arguments.add("--user=" + System.getProperty("user.name"));
        arguments.add("--bind-address=127.0.0.1");
        arguments.add("--port=" + port);
        // Relative to the data folder: an absolute path may be longer than a socket's name can be.
        arguments.add("--socket=mariadb.sock");
        arguments.add("--pid-file=" + dataFolder.resolve("mariadb.pid"));
        arguments.add("--init-file=" + accountsFile());
        arguments.add("--skip-name-resolve");
        // Loopback only: TLS would add key generation to the first start and nothing else.
        arguments.add("--skip-ssl");
        arguments.add("--skip-log-bin");
        arguments.add("--log-warnings=1");
        arguments.add("--default-time-zone=+00:00");
        arguments.add("--character-set-server=utf8mb4");
        arguments.add("--collation-server=utf8mb4_unicode_ci");
        arguments.add("--performance-schema=OFF");
        arguments.add("--max-connections=300");
        arguments.add("--max-allowed-packet=64M");
        arguments.add("--innodb-buffer-pool-size=" + bufferPoolMebibytes + "M");
        arguments.add("--innodb-log-file-size=64M");
        arguments.add("--innodb-flush-log-at-trx-commit=" + durability.flushAtCommit);
        return new ServerCommand(arguments, Map.of());
    }

    /** Whether the server greets a client, which it does only after the accounts are in place. */
    public boolean isReady() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLISECONDS);
            socket.setSoTimeout(PROBE_MILLISECONDS);
            var greeting = socket.getInputStream().readNBytes(HANDSHAKE_HEADER_BYTES + 1);
            return greeting.length > HANDSHAKE_HEADER_BYTES && greeting[HANDSHAKE_HEADER_BYTES] == PROTOCOL_10;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Its own: a server that starts removes the temporary tables that it finds, be they those of another one at work. */
    private Path temporaryFolder() {
        return dataFolder.resolveSibling(dataFolder.getFileName() + "-temporary");
    }

    private Path accountsFile() {
        return dataFolder.resolveSibling(dataFolder.getFileName() + "-accounts.sql");
    }

    private void createSystemTables() throws IOException {
        var unfinished = dataFolder.resolveSibling(dataFolder.getFileName() + ".unfinished");
        Folders.delete(unfinished);
        var user = System.getProperty("user.name");
        var output = Files.createTempFile("mariadb-install", ".log");
        var process = new ProcessBuilder(
                        software.folder().resolve("scripts/mariadb-install-db").toString(),
                        "--no-defaults",
                        "--basedir=" + software.folder(),
                        "--datadir=" + unfinished,
                        "--tmpdir=" + temporaryFolder(),
                        "--user=" + user,
                        "--auth-root-authentication-method=socket",
                        "--auth-root-socket-user=" + user,
                        "--skip-test-db",
                        "--skip-name-resolve",
                        "--innodb-log-file-size=64M")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new InstallationException(
                        "The database's system tables could not be created:\n" + Files.readString(output));
            }
        } catch (InterruptedException interruption) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InstallationException("Interrupted while creating the database's system tables", interruption);
        } finally {
            Files.deleteIfExists(output);
        }
        Files.move(unfinished, dataFolder);
    }
}
