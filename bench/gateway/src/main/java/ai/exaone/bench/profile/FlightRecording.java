package ai.exaone.bench.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Samples that a JVM takes of its own Java threads for every {@link #PERIOD} of processor time that one uses, in the kernel too: Java's Flight
 * Recorder with the sampling of JEP 509, switched on and off from outside. Threads of the JVM itself are not seen by it. Used by one thread.
 */
final class FlightRecording implements AutoCloseable {
    static final Duration PERIOD = Duration.ofMillis(1);

    private static final String NAME = "exaone-bench";
    private static final String SAMPLE = "jdk.CPUTimeSample";
    private static final String LOST = "jdk.CPUTimeSamplesLost";
    private static final int STACK_DEPTH = 512;
    private static final Pattern NUMBER = Pattern.compile("[-#_ ]*\\d[-#_ \\d]*$");

    private final long pid;
    private final Path file;
    private boolean running = true;

    private FlightRecording(long pid, Path file) {
        this.pid = pid;
        this.file = file;
    }

    /**
     * Begins.
     *
     * @param file where it will be
     */
    static FlightRecording start(long pid, Path file) throws IOException, InterruptedException {
        // Only before a process's first recording does this change anything: a pipeline's stack is deeper than the 64
        // frames that are kept else.
        jcmd(pid, "JFR.configure", "stackdepth=" + STACK_DEPTH);
        jcmd(
                pid,
                "JFR.start",
                "name=" + NAME,
                "settings=none",
                "+" + SAMPLE + "#enabled=true",
                "+" + SAMPLE + "#throttle=" + PERIOD.toMillis() + "ms",
                "+" + LOST + "#enabled=true");
        return new FlightRecording(pid, file.toAbsolutePath());
    }

    /** Ends it, and reads what was seen between two moments. */
    Stacks stop(Instant from, Instant to) throws IOException, InterruptedException {
        end();
        return read(file, from, to);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        end();
        Files.deleteIfExists(file);
    }

    private void end() throws IOException, InterruptedException {
        if (running) {
            running = false;
            jcmd(pid, "JFR.stop", "name=" + NAME, "filename=" + file);
        }
    }

    private static Stacks read(Path file, Instant from, Instant to) throws IOException {
        Stacks stacks = new Stacks();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (!event.getStartTime().isBefore(from) && event.getStartTime().isBefore(to)) {
                    add(stacks, event);
                }
            }
        }
        return stacks;
    }

    private static void add(Stacks stacks, RecordedEvent event) {
        if (event.getEventType().getName().equals(LOST)) {
            stacks.addUnseen(event.getLong("lostSamples"));
            return;
        }
        RecordedStackTrace trace = event.getStackTrace();
        if (trace == null || trace.getFrames().isEmpty()) {
            stacks.addUnseen(1);
            return;
        }
        List<Frame> innermostFirst =
                trace.getFrames().stream().map(FlightRecording::frame).toList();
        stacks.add(new Stack(threadName(event.getThread("eventThread")), innermostFirst.reversed()));
    }

    private static Frame frame(RecordedFrame frame) {
        return Frame.of(
                frame.getMethod().getType().getName(),
                frame.getMethod().getName(),
                frame.getType().equals("Native"));
    }

    private static String threadName(@Nullable RecordedThread thread) {
        if (thread == null
                || thread.getJavaName() == null
                || thread.getJavaName().isEmpty()) {
            return "virtual threads";
        }
        return withoutNumber(thread.getJavaName());
    }

    /** What threads of one group have in common. */
    static String withoutNumber(String thread) {
        return NUMBER.matcher(thread).replaceFirst("");
    }

    private static void jcmd(long pid, String... words) throws IOException, InterruptedException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command = new ArrayList<>(List.of(program, Long.toString(pid)));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("Process " + pid + " does not " + words[0] + ": " + said.strip());
        }
    }
}
