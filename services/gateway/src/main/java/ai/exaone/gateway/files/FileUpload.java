package ai.exaone.gateway.files;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.gateway.responses.ProjectScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes one file in from a form, whose fields may come in any order. For one thread. */
public final class FileUpload {
    private static final String FILE = "file";
    private static final String PURPOSE = "purpose";
    private static final String ANCHOR = "expires_after[anchor]";
    private static final String SECONDS = "expires_after[seconds]";
    private static final Set<String> FIELDS = Set.of(PURPOSE, ANCHOR, SECONDS);
    private static final int LONGEST_FIELD = 256;
    private static final int LONGEST_NAME = 255;
    private static final int PIECE = 64 * 1024;
    private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(30);

    private final FileShelf shelf;
    private final ProjectScope scope;
    private final FilesConfig config;
    private final Map<String, String> fields = new HashMap<>();

    FileUpload(FileShelf shelf, ProjectScope scope, FilesConfig config) {
        this.shelf = shelf;
        this.scope = scope;
        this.config = config;
    }

    StoredFile take(FormReader form) throws IOException {
        Optional<String> filename = Optional.empty();
        try (FileShelf.Writer writer = shelf.begin(scope, FilePurpose.BATCH, FILE)) {
            for (Optional<FormReader.Part> next = form.next(); next.isPresent(); next = form.next()) {
                FormReader.Part part = next.get();
                if (!part.name().equals(FILE)) {
                    field(part);
                } else if (filename.isPresent()) {
                    throw FormReader.malformed("The form has more than one file.");
                } else {
                    filename = Optional.of(name(part));
                    copy(part, writer);
                }
            }
            if (filename.isEmpty()) {
                throw missing(FILE);
            }
            return writer.ready(filename.get(), purpose(), retention());
        }
    }

    private void field(FormReader.Part part) throws IOException {
        if (!FIELDS.contains(part.name())) {
            throw PlatformException.because(
                            OpenAiReason.PARAMETER_UNSUPPORTED, "Unknown field of the form: '" + part.name() + "'.")
                    .violation(part.name(), "Not known.")
                    .build();
        }
        byte[] value = part.content().readNBytes(LONGEST_FIELD);
        fields.put(part.name(), new String(value, StandardCharsets.UTF_8).strip());
    }

    private void copy(FormReader.Part part, FileShelf.Writer writer) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int count = part.content().read(piece, 0, PIECE);
                count >= 0;
                count = part.content().read(piece, 0, PIECE)) {
            if (writer.total() + count > config.longestFile()) {
                throw PlatformException.because(
                                FileError.FILE_TOO_LARGE,
                                "The file is longer than the " + config.longestFile() + " bytes that are kept.")
                        .violation(FILE, "Too long.")
                        .build();
            }
            writer.write(piece, 0, count);
        }
    }

    /** Without the folders that some clients send along. */
    private static String name(FormReader.Part part) {
        String sent = part.filename().orElse(FILE);
        String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("\\p{Cntrl}", "");
        int length = Math.min(plain.length(), LONGEST_NAME);
        boolean cutsPair = length < plain.length() && Character.isHighSurrogate(plain.charAt(length - 1));
        return plain.isEmpty() ? FILE : plain.substring(0, cutsPair ? length - 1 : length);
    }

    private FilePurpose purpose() {
        String named = Optional.ofNullable(fields.get(PURPOSE)).orElseThrow(() -> missing(PURPOSE));
        return FilePurpose.of(named)
                .filter(purpose -> purpose == FilePurpose.BATCH)
                .orElseThrow(() -> wrong(PURPOSE, "'purpose' must be 'batch': files are kept for nothing else."));
    }

    private Duration retention() {
        String seconds = fields.get(SECONDS);
        if (seconds == null) {
            return config.retention();
        }
        if (!fields.getOrDefault(ANCHOR, "").equals("created_at")) {
            throw wrong(ANCHOR, "'expires_after[anchor]' must be 'created_at'.");
        }
        return retention(SECONDS, seconds);
    }

    /**
     * How long a caller wants something to be kept.
     *
     * @throws PlatformException PARAMETER_VALUE unless it is an hour to 30 days
     */
    public static Duration retention(String parameter, String seconds) {
        if (seconds.matches("[0-9]{1,9}")) {
            Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
            if (asked.compareTo(SHORTEST_RETENTION) >= 0 && asked.compareTo(LONGEST_RETENTION) <= 0) {
                return asked;
            }
        }
        throw wrong(
                parameter,
                "'" + parameter + "' must be between " + SHORTEST_RETENTION.toSeconds() + " and "
                        + LONGEST_RETENTION.toSeconds() + ".");
    }

    private static PlatformException missing(String parameter) {
        return PlatformException.because(
                        OpenAiReason.PARAMETER_MISSING, "Missing required parameter: '" + parameter + "'.")
                .violation(parameter, "Required.")
                .build();
    }

    private static PlatformException wrong(String parameter, String why) {
        return PlatformException.because(OpenAiReason.PARAMETER_VALUE, why)
                .violation(parameter, "Not allowed.")
                .build();
    }
}
