package ai.exaone.testing;

import ai.exaone.store.DatabaseConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database server with data of its own on 127.0.0.1. Tests share the one of their JVM, {@link #shared}; a test that kills its
 * server starts a private one. Ends with its JVM, however that ends, and leaves no data behind.
 */
public final class DatabaseServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseServer.class);
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final int VALID_WITHIN_SECONDS = 10;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int PORT_ATTEMPTS = 3;
    private static final int PASSWORD_BITS = 120;
    private static final Map<Engine, DatabaseServer> SHARED = new EnumMap<>(Engine.class);

    /**
     * Runs the server as a child of a shell that holds the other end of our pipe: when this JVM ends, even by a kill -9, the pipe
     * closes, and the shell kills the server and removes its folder ($1).
     */
    private static final String GUARD = """
            folder=$1; shift
            exec 3<&0
            "$@" 3<&- </dev/null &
            server=$!
            ( cat <&3 >/dev/null; touch "$folder/.ended"; kill -9 $server 2>/dev/null ) &
            guard=$!
            wait $server
            if [ -e "$folder/.ended" ]; then rm -rf "$folder"; else kill $guard; fi
            """;

    private final ServerFiles files;
    private final Path folder;
    private final String password;
    private int port;
    private @Nullable Process shell;

    private DatabaseServer(ServerFiles files, Path folder, String password) {
        this.files = files;
        this.folder = folder;
        this.password = password;
    }

    /** The server that the tests of this JVM share, started at its first use. */
    public static DatabaseServer shared(Engine engine) {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(engine, DatabaseServer::start);
        }
    }

    /** Starts a server for one test alone. */
    public static DatabaseServer start(Engine engine) {
        ServerFiles files = engine.files();
        var server = new DatabaseServer(
                files, files.createData(), new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(36));
        server.startOnFreePort();
        return server;
    }

    /** How its administrator connects to one of its schemas; the empty name is none. */
    DatabaseConfig administrator(String schema) {
        return DatabaseConfig.of("jdbc:mysql://127.0.0.1:" + port + "/" + schema, "root", password);
    }

    /** Kills the server at once, as a power cut of its process would; its data stay. */
    public void kill() {
        Process running = running();
        running.children().filter(DatabaseServer::isServer).forEach(ProcessHandle::destroyForcibly);
        awaitEnd(running);
        shell = null;
    }

    /** Starts a killed server again on the same port and data. */
    public void restart() {
        if (shell != null) {
            throw new IllegalStateException("The server runs");
        }
        launch();
        if (!becomesReady()) {
            throw new IllegalStateException("The server did not start again: " + logEnd());
        }
    }

    @Override
    public void close() {
        Process running = shell;
        if (running == null) {
            Command.run(List.of("rm", "-rf", folder.toString()));
            return;
        }
        try {
            running.getOutputStream().close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        awaitEnd(running);
        shell = null;
    }

    private void startOnFreePort() {
        for (int attempt = 1; attempt <= PORT_ATTEMPTS; attempt++) {
            port = FreePorts.take();
            launch();
            if (becomesReady()) {
                return;
            }
        }
        throw new IllegalStateException("The server did not start: " + logEnd());
    }

    private void launch() {
        try {
            Path initFile = folder.resolve("init.sql");
            Files.writeString(initFile, """
                    CREATE USER IF NOT EXISTS 'root'@'127.0.0.1' IDENTIFIED BY '%s';
                    GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
                    """.formatted(password));
            List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", folder.toString()));
            command.addAll(files.command(folder, port, initFile));
            shell = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits until the server answers; false if it ended instead. */
    private boolean becomesReady() {
        Process starting = running();
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (starting.isAlive()) {
            try (Connection connection = connect()) {
                if (connection.isValid(VALID_WITHIN_SECONDS)) {
                    return true;
                }
            } catch (SQLException notYet) {
                LOG.trace("The server does not answer yet", notYet);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The server takes too long to start: " + logEnd());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        shell = null;
        return false;
    }

    private Connection connect() throws SQLException {
        DatabaseConfig config = administrator("");
        return DriverManager.getConnection(config.url() + "?connectTimeout=10000", config.user(), config.password());
    }

    private Process running() {
        Process running = shell;
        if (running == null) {
            throw new IllegalStateException("The server does not run");
        }
        return running;
    }

    /** The shell has two children: the server, and the guard, which is a shell itself. */
    private static boolean isServer(ProcessHandle child) {
        return child.info()
                .command()
                .filter(command -> command.endsWith("mariadbd") || command.endsWith("mysqld"))
                .isPresent();
    }

    private static void awaitEnd(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private String logEnd() {
        try {
            return Command.end(log());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
