package ai.exaone.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** On what machine and of what sources something was measured, in a line. */
final class Surroundings {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Surroundings() {}

    static String describe(Path root) throws IOException, InterruptedException {
        return "%s, revision %s, %d × %s, %s, Linux %s, load %s before"
                .formatted(
                        MINUTE.format(Instant.now()),
                        revision(root),
                        Runtime.getRuntime().availableProcessors(),
                        after("/proc/cpuinfo", "model name"),
                        memory(),
                        System.getProperty("os.version"),
                        Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static String revision(Path root) throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "-C", root.toString(), "describe", "--always", "--dirty")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        git.waitFor();
        return text.isEmpty() ? "unknown" : text;
    }

    private static String memory() throws IOException {
        long kibibytes = Long.parseLong(after("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", ""));
        return kibibytes / (1 << 20) + " GiB";
    }

    private static String after(String file, String name) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
