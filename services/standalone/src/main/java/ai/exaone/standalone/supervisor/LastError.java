package ai.exaone.standalone.supervisor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The last error that a service's log tells of, for those who would otherwise have to look for it there. */
final class LastError {
    private static final int READ_BYTES = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LastError() {}

    /** Its message; empty where the log has none of that time near its end, or is not made of JSON lines. */
    static Optional<String> in(Path log, Instant since) {
        try {
            return end(log).lines()
                    .filter(line -> line.contains("\"level\":\"ERROR\""))
                    .reduce((earlier, later) -> later)
                    .flatMap(line -> message(line, since));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String end(Path log) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - READ_BYTES));
            var bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Optional<String> message(String line, Instant since) {
        try {
            var entry = JSON.readTree(line);
            boolean earlier = Instant.parse(entry.path("time").asText()).isBefore(since);
            return earlier
                    ? Optional.empty()
                    : Optional.of(entry.path("message").asText());
        } catch (JsonProcessingException | DateTimeParseException cut) {
            return Optional.empty();
        }
    }
}
