package ai.exaone.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that prepare a server, to their end. */
final class Command {
    private static final long PATIENCE_MINUTES = 8;
    private static final int SHOWN_CHARACTERS = 2_000;

    private Command() {}

    /** Runs a program without input. */
    static void run(List<String> arguments) {
        run(arguments, Path.of("/dev/null"));
    }

    /**
     * Runs a program.
     *
     * @throws IllegalStateException with the end of its output, if it fails or takes too long
     */
    static void run(List<String> arguments, Path input) {
        try {
            Path output = Files.createTempFile("exaone-test", ".log");
            var process = new ProcessBuilder(arguments)
                    .redirectInput(input.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(arguments.getFirst() + " took too long: " + end(output));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(arguments.getFirst() + " failed: " + end(output));
            }
            Files.delete(output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + arguments.getFirst(), interrupted);
        }
    }

    /** The last lines of a log, for a message. */
    static String end(Path log) throws IOException {
        String text = Files.readString(log);
        return text.substring(Math.max(0, text.length() - SHOWN_CHARACTERS));
    }
}
