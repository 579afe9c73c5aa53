package ai.exaone.ledgerbench;

import ai.exaone.servers.Folders;
import ai.exaone.servers.SoftwareCache;
import ai.exaone.servers.SoftwareVersions;
import ai.exaone.servers.mariadb.DatabaseAccount;
import ai.exaone.servers.mariadb.MariaDbServer;
import ai.exaone.servers.mariadb.MariaDbSoftware;
import ai.exaone.store.Database;
import ai.exaone.store.DatabaseConfig;
import ai.exaone.store.Migrations;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A database server as an installation runs it, with quota's schema and nothing in it; gone with its data when closed. */
final class DatabaseProcess implements AutoCloseable {
    private static final int PASSWORD_BITS = 120;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final double TICKS_PER_SECOND = 100;

    private final Path folder;
    private final Process process;
    private final Database database;

    private DatabaseProcess(Path folder, Process process, Database database) {
        this.folder = folder;
        this.process = process;
        this.database = database;
    }

    static DatabaseProcess start(Path work, int memoryMebibytes) throws IOException {
        Path folder = Files.createTempDirectory(work, "database-");
        var account = new DatabaseAccount(
                "ledger", new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(36) + "x0000000");
        var server = new MariaDbServer(
                MariaDbSoftware.prepare(SoftwareCache.ofUser(System.getenv()), SoftwareVersions.ofThisBuild()),
                folder.resolve("data"),
                freePort(),
                List.of(account),
                MariaDbServer.Durability.FULL,
                memoryMebibytes);
        server.install();
        Process process =
                server.command().toProcess(folder.resolve("server.log")).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!server.isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("The database did not start: " + Files.readString(folder.resolve("server.log")));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        Database database = Migrations.open(
                "quota", DatabaseConfig.of(server.jdbcUrl("mysql", account), account.name(), account.password()));
        return new DatabaseProcess(folder, process, database);
    }

    Database database() {
        return database;
    }

    /** Processor time that the server has taken. */
    double cpuSeconds() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException failure) {
            throw new IllegalStateException("The database ended", failure);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        database.close();
        process.destroyForcibly();
        process.onExit().join();
        Folders.delete(folder);
    }
}
