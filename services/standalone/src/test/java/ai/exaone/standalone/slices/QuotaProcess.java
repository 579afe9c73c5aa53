package ai.exaone.standalone.slices;

import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcConfig;
import ai.exaone.rpc.ServiceName;
import ai.exaone.standalone.home.Certificates;
import ai.exaone.testing.FreePorts;
import ai.exaone.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Quota as a process of its own on a real database, which can be killed and started again at the same address. */
final class QuotaProcess implements AutoCloseable {
    private final Path folder;
    private final TestDatabase database;
    private final int port;
    private Process process;

    private QuotaProcess(Path folder, TestDatabase database, int port, Process process) {
        this.folder = folder;
        this.database = database;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts it; it answers some seconds later.
     *
     * @param folder for its certificates, its password and its log
     */
    static QuotaProcess start(Path folder, TestDatabase database) throws IOException {
        Files.createDirectories(folder.resolve("certificates"));
        new Certificates(folder.resolve("certificates"), Clock.systemUTC(), new SecureRandom())
                .prepare(List.of("gateway", "identity", "quota"));
        Files.writeString(folder.resolve("password"), database.config().password());
        int port = FreePorts.take();
        return new QuotaProcess(folder, database, port, launch(folder, database, port));
    }

    /** Kills it, without a word to anybody. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void startAgain() throws IOException {
        process = launch(folder, database, port);
    }

    /** Connections of one gateway to it. */
    RpcChannels gateway() {
        return new RpcChannels(
                ServiceName.GATEWAY,
                new RpcConfig(
                        "mtls",
                        "",
                        0,
                        "127.0.0.1",
                        folder.resolve("certificates").toString(),
                        Map.of("quota", "127.0.0.1:" + port)));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Process launch(Path folder, TestDatabase database, int port) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        Map.of(
                        "exaone.rpc.transport", "mtls",
                        "exaone.rpc.port", Integer.toString(port),
                        "exaone.rpc.certificates-dir",
                                folder.resolve("certificates").toString(),
                        "exaone.rpc.peers.identity", "127.0.0.1:1",
                        "exaone.database.quota.url", database.config().url(),
                        "exaone.database.quota.user", database.config().user(),
                        "exaone.database.quota.password-file",
                                folder.resolve("password").toString())
                .forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("ai.exaone.quota.QuotaApplication");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("quota.log").toFile()))
                .start();
    }
}
