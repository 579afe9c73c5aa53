package ai.exaone.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A Python with the embedded engines, in {@code .test} of the repository: made at its first use, and again when its packages change. */
public final class EnginePython {
    private static final Path ROOT = Path.of(System.getProperty("exaone.root"));
    private static final Path ENVIRONMENT = ROOT.resolve(".test/engines");
    private static final Path REQUIREMENTS = ROOT.resolve("services/serving/engines/requirements.txt");

    private EnginePython() {}

    /** Its interpreter. */
    public static Path interpreter() {
        try {
            Files.createDirectories(ENVIRONMENT.getParent());
            Path lockFile = ENVIRONMENT.resolveSibling("engines.lock");
            try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid()) {
                    install();
                }
            }
            return ENVIRONMENT.resolve("bin/python");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs it to its end; returns what it printed. */
    public static String run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(interpreter().toString(), "-I", "-B"));
        command.addAll(arguments);
        return run(command.toArray(String[]::new));
    }

    private static void install() throws IOException {
        String wanted = Files.readString(REQUIREMENTS);
        Path installed = ENVIRONMENT.resolve("installed.txt");
        if (Files.exists(installed) && Files.readString(installed).equals(wanted)) {
            return;
        }
        run("python3", "-m", "venv", ENVIRONMENT.toString());
        run(ENVIRONMENT.resolve("bin/pip").toString(), "install", "-q", "--no-deps", "-r", REQUIREMENTS.toString());
        Files.writeString(installed, wanted);
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException(List.of(command) + " failed:\n" + output);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
        return output;
    }
}
