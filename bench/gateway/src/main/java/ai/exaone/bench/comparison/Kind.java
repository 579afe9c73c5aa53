package ai.exaone.bench.comparison;

import ai.exaone.bench.candidate.Endpoint;
import ai.exaone.bench.load.Expected;
import ai.exaone.bench.load.Load;
import ai.exaone.bench.load.Pace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is measured. */
public enum Kind {
    SINGLE_1K("single1k", "1 KB prompt, one caller", Models.PLAIN, new Expected.Completion(), 1, closed(1)),
    JSON_1K("json1k", "1 KB prompt, 16 callers", Models.PLAIN, new Expected.Completion(), 1, closed(16)),
    JSON_32K("json32k", "32 KB prompt, 16 callers", Models.PLAIN, new Expected.Completion(), 32, closed(16)),
    JSON_512K("json512k", "512 KB prompt, 16 callers", Models.PLAIN, new Expected.Completion(), 512, closed(16)),
    STREAM_64(
            "stream64", "stream, 64 pieces at once, 16 callers", Models.PLAIN, new Expected.Stream(64), 1, closed(16)),
    PACED_64(
            "paced64",
            "stream, 64 pieces 5 ms apart, 16 callers",
            Models.PACED,
            new Expected.Stream(64),
            1,
            new Pace.Closed(16, Duration.ofMillis(340))),
    OPEN_1K(
            "open1k",
            "1 KB prompt, 100 a second whatever happens",
            Models.PLAIN,
            new Expected.Completion(),
            1,
            new Pace.Open(100, 128)),
    EMBEDDINGS(
            "embeddings", "1 KB text to a vector, 16 callers", Models.EMBED, new Expected.Embedding(), 1, closed(16)),
    STREAMS_2000(
            "streams2000",
            "2,000 streams open at once",
            Models.LONG,
            new Expected.Stream(20),
            1,
            new Pace.Closed(2_000, Duration.ofSeconds(5))),
    SOAK("soak", "100,000 requests of json1k", Models.PLAIN, new Expected.Completion(), 1, closed(16)),
    OVERLOAD(
            "overload",
            "64 callers on one core, then 128, then 640",
            Models.PLAIN,
            new Expected.Completion(),
            1,
            closed(64));

    /** The kinds of the main table. */
    public static final List<Kind> USUAL =
            List.of(SINGLE_1K, JSON_1K, JSON_32K, JSON_512K, STREAM_64, PACED_64, OPEN_1K, EMBEDDINGS);

    private static final int KIBIBYTE = 1024;
    private static final long SOAK_REQUESTS = 100_000;
    private static final Duration STREAM_TIME = Duration.ofSeconds(10);
    private static final Duration LONGEST_SOAK = Duration.ofMinutes(8);

    private final String label;
    private final String about;
    private final String model;
    private final Expected expected;
    private final int bodyKibibytes;
    private final Pace pace;

    Kind(String label, String about, String model, Expected expected, int bodyKibibytes, Pace pace) {
        this.label = label;
        this.about = about;
        this.model = model;
        this.expected = expected;
        this.bodyKibibytes = bodyKibibytes;
        this.pace = pace;
    }

    /** The models that loads name; the upstream lists them, and their names say what it does. */
    public static final class Models {
        static final String PLAIN = "scripted";
        static final String PACED = "scripted-chunks64-pace5";
        static final String LONG = "scripted-chunks20-pace500";
        static final String EMBED = "scripted-embed";

        private Models() {}

        public static List<String> all() {
            return List.of(PLAIN, PACED, LONG, EMBED);
        }
    }

    /** Its name in options and tables. */
    public String label() {
        return label;
    }

    /** What it is, for people. */
    public String about() {
        return about;
    }

    public static Optional<Kind> labelled(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    boolean isStream() {
        return expected instanceof Expected.Stream;
    }

    int connections() {
        return pace.connections();
    }

    /** @param seconds to measure, where the kind does not say so itself */
    public Load load(Endpoint endpoint, Duration warmUp, Duration seconds) {
        return switch (this) {
            // All streams are open before anything is measured.
            case STREAMS_2000 -> load(endpoint, pace, Duration.ofSeconds(6), longer(seconds), 0);
            case SOAK -> load(endpoint, pace, warmUp, LONGEST_SOAK, SOAK_REQUESTS);
            default -> load(endpoint, pace, warmUp, seconds, 0);
        };
    }

    /**
     * The same with more callers.
     *
     * @param times as many
     */
    Load overload(Endpoint endpoint, int times, Duration warmUp, Duration seconds) {
        Pace more = new Pace.Closed(times * pace.connections(), Duration.ofMillis(500));
        return load(endpoint, more, warmUp, seconds, 0);
    }

    /** As long as a stream at least, so that streams begin and end in it. */
    private static Duration longer(Duration seconds) {
        return seconds.compareTo(STREAM_TIME) < 0 ? STREAM_TIME : seconds;
    }

    private Load load(Endpoint endpoint, Pace how, Duration warmUp, Duration seconds, long requests) {
        return new Load(
                endpoint.base(),
                endpoint.key(),
                model,
                expected,
                bodyKibibytes * KIBIBYTE,
                how,
                warmUp,
                seconds,
                requests);
    }

    private static Pace closed(int callers) {
        return new Pace.Closed(callers, Duration.ZERO);
    }
}
