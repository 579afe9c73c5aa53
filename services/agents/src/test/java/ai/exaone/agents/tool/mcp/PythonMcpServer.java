package ai.exaone.agents.tool.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The official Python SDK's server as a process of its own. Its environment is made once per user and kept. */
final class PythonMcpServer implements AutoCloseable {
    private static final String SDK = "mcp==2.3.0";
    private static final Path ENVIRONMENT =
            Path.of(System.getProperty("user.home"), ".cache", "exaone", "test-python", SDK.replace("==", "-"));

    private final Process process;
    private final int port;

    private PythonMcpServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the server.
     *
     * @param answers {@code json} or {@code events}
     * @return empty on a machine where the SDK cannot be installed
     */
    static Optional<PythonMcpServer> start(String answers) {
        try {
            if (!install()) {
                return Optional.empty();
            }
            Path script = Files.createTempFile("stock", ".py");
            try (InputStream resource = PythonMcpServer.class.getResourceAsStream("stock_server.py")) {
                Files.write(script, resource.readAllBytes());
            }
            Process process = new ProcessBuilder(
                            ENVIRONMENT.resolve("bin/python").toString(), script.toString(), answers)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            return Optional.of(new PythonMcpServer(process, Integer.parseInt(output.readLine())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/mcp";
    }

    private static boolean install() throws IOException, InterruptedException {
        Path complete = ENVIRONMENT.resolve("complete");
        if (Files.exists(complete)) {
            return true;
        }
        Files.createDirectories(ENVIRONMENT.getParent());
        boolean installed = succeeds("python3", "-m", "venv", ENVIRONMENT.toString())
                && succeeds(ENVIRONMENT.resolve("bin/pip").toString(), "install", "--quiet", SDK);
        if (installed) {
            Files.createFile(complete);
        }
        return installed;
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            // What it says is not for the standard output: that one belongs to whoever runs the tests.
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
