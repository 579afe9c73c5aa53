package ai.exaone.gateway.files;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.store.crypto.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes one file in from a form, whose fields may come in any order. Nobody sees the file before it is made ready; it is abandoned where
 * that is not done. Blocks. For one thread at a time.
 */
public final class FileUpload implements AutoCloseable {
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

    /** What a form may have beside its file. */
    private static final long FORM_ALLOWANCE = 1 << 20;

    private final CallerFiles files;
    private final FileShelf shelf;
    private final ProjectScope scope;
    private final FilesConfig config;
    private final String contentType;
    private final InputStream body;
    private final Map<String, String> fields = new HashMap<>();
    private final MessageDigest content = Sha256.begin();
    private FileShelf.@Nullable Writer writer;
    private @Nullable Taken taken;

    private record Taken(String filename, FilePurpose purpose, Duration retention, String digest) {}

    FileUpload(
            CallerFiles files,
            FileShelf shelf,
            ProjectScope scope,
            FilesConfig config,
            String contentType,
            InputStream body) {
        this.files = files;
        this.shelf = shelf;
        this.scope = scope;
        this.config = config;
        this.contentType = contentType;
        this.body = body;
    }

    /**
     * Takes it in, as it comes.
     *
     * @throws PlatformException with a {@link FileError} or an {@link OpenAiReason}
     */
    public void take() {
        FormReader form = new FormReader(body, contentType, config.longestFile() + FORM_ALLOWANCE);
        files.makeRoom(scope, () -> {
            try {
                take(form, shelf.begin(scope, FilePurpose.BATCH, FILE));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    private void take(FormReader form, FileShelf.Writer into) throws IOException {
        writer = into;
        Optional<String> filename = Optional.empty();
        for (Optional<FormReader.Part> next = form.next(); next.isPresent(); next = form.next()) {
            FormReader.Part part = next.get();
            if (!part.name().equals(FILE)) {
                field(part);
            } else if (filename.isPresent()) {
                throw FormReader.malformed("The form has more than one file.");
            } else {
                filename = Optional.of(name(part));
                copy(part, into);
            }
        }
        taken = new Taken(
                filename.orElseThrow(() -> missing(FILE)),
                purpose(),
                retention(),
                HexFormat.of().formatHex(content.digest()));
    }

    /** Of what was taken in, whatever form it came in: the same for the same file alone. */
    public String digest() {
        Taken whole = Objects.requireNonNull(taken);
        return Sha256.hex(String.join(
                "\n",
                whole.digest(),
                whole.purpose().name(),
                Long.toString(whole.retention().toSeconds()),
                whole.filename()));
    }

    /** Makes it ready, and answers with it. */
    public byte[] ready() {
        Taken whole = Objects.requireNonNull(taken);
        return Objects.requireNonNull(writer)
                .ready(whole.filename(), whole.purpose(), whole.retention())
                .json();
    }

    /** Lets what is still to come go, and abandons what was taken in and not made ready. */
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            if (writer != null) {
                writer.close();
            }
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

    private void copy(FormReader.Part part, FileShelf.Writer into) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int count = part.content().read(piece, 0, PIECE);
                count >= 0;
                count = part.content().read(piece, 0, PIECE)) {
            if (into.total() + count > config.longestFile()) {
                throw FileError.tooLarge(config.longestFile());
            }
            content.update(piece, 0, count);
            into.write(piece, 0, count);
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
