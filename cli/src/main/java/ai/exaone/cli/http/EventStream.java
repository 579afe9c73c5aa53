package ai.exaone.cli.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events (WHATWG HTML, section 9.2) one after another. For one thread. */
public final class EventStream implements AutoCloseable {
    private final BufferedReader lines;

    EventStream(InputStream body) {
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /**
     * One event.
     *
     * @param id what to resume after; empty text when the event has none
     */
    public record Event(String type, String id, String data) {}

    /**
     * The next event; empty at the stream's end.
     *
     * @throws UncheckedIOException when the connection breaks
     */
    public Optional<Event> next() {
        String type = "message";
        String id = "";
        StringBuilder data = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        return Optional.of(new Event(type, id, data.substring(1)));
                    }
                    continue;
                }
                int colon = line.indexOf(':');
                String field = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
                switch (field) {
                    case "event" -> type = value;
                    case "id" -> id = value;
                    case "data" -> data.append('\n').append(value);
                    default -> {
                        // A comment, or a field of a later edition.
                    }
                }
            }
            return Optional.empty();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException closing) {
            throw new UncheckedIOException(closing);
        }
    }
}
