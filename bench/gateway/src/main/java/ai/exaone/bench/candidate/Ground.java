package ai.exaone.bench.candidate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What all targets stand on.
 *
 * @param root the project's folder
 * @param work a folder for configurations, logs and data
 * @param upstreamPort of the scripted upstream on 127.0.0.1
 * @param upstreamKey that it asks for
 * @param models that it lists
 * @param firstPort for targets; each takes a fixed one from here on
 * @param workers processes or threads, for those who must be told
 */
public record Ground(
        Path root, Path work, int upstreamPort, String upstreamKey, List<String> models, int firstPort, int workers) {
    /** The key that the load presents to peers. It guards nothing: they listen on loopback while they are measured. */
    static final String PEER_KEY = "exk_bench_caller_0123456789abcdef0123456789abcdef";

    URI upstream() {
        return URI.create("http://127.0.0.1:" + upstreamPort);
    }

    /** A folder for one target, made if it is missing. */
    Path folder(String name) {
        try {
            return Files.createDirectories(work.resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A file of a target's folder, filled from the template of that name: {@code @PORT@} and the like are replaced. */
    Path configuration(String target, String template, int port) {
        Path folder = folder(target);
        try (var stream = Ground.class.getResourceAsStream(template)) {
            if (stream == null) {
                throw new IllegalStateException("No template " + template);
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@PORT@", Integer.toString(port))
                    .replace("@UPSTREAM_PORT@", Integer.toString(upstreamPort))
                    .replace("@UPSTREAM_KEY@", upstreamKey)
                    .replace("@CALLER_KEY@", PEER_KEY)
                    .replace("@WORKERS@", Integer.toString(workers))
                    .replace("@FOLDER@", folder.toString());
            return Files.writeString(folder.resolve(template), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
