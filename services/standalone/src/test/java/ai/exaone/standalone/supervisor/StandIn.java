package ai.exaone.standalone.supervisor;

import ai.exaone.servers.ServerCommand;
import ai.exaone.standalone.supervisor.Part.Priority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Small real processes in place of servers. Each writes what happens to it into one shared diary. */
final class StandIn {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path folder;

    StandIn(Path folder) {
        this.folder = folder;
    }

    Path diary() {
        return folder.resolve("diary");
    }

    /** Runs until it is told to end. */
    Part steady(String name) {
        var script = """
                echo "%1$s started" >> "$DIARY"
                trap 'echo "%1$s ended" >> "$DIARY"; exit 0' TERM
                touch "$READY"
                while :; do sleep 0.05; done
                """.formatted(name);
        return part(name, script);
    }

    /** Ends at once, whenever it is started, and says why as services do: in its log. */
    Part hopeless(String name) {
        return part(name, """
                echo '{"time":"2026-01-01T00:00:00Z","level":"ERROR","message":"Long ago"}'
                echo '{"time":"2999-01-01T00:00:00Z","level":"ERROR","message":"exaone.quota.memory must be longer"}'
                echo 'no JSON'
                exit 7
                """);
    }

    /** Does not listen when it is told to end. */
    Part stubborn(String name, Duration stopLimit) {
        var part = part(name, "trap '' TERM; touch \"$READY\"; while :; do sleep 0.05; done");
        return new Part(name, part.command(), part.ready(), LIMIT, stopLimit, Priority.LOW);
    }

    private Part part(String name, String script) {
        var ready = folder.resolve(name + ".ready");
        return new Part(
                name,
                () -> {
                    ready.toFile().delete();
                    return new ServerCommand(
                            List.of("bash", "-c", script),
                            Map.of("DIARY", diary().toString(), "READY", ready.toString()));
                },
                () -> Files.exists(ready),
                LIMIT,
                LIMIT,
                Priority.NORMAL);
    }
}
