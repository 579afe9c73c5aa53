package ai.exaone.gateway.metering;

import static ai.exaone.gateway.metering.SpoolEntries.append;
import static ai.exaone.gateway.metering.SpoolEntries.begun;
import static ai.exaone.gateway.metering.SpoolEntries.bytes;
import static ai.exaone.gateway.metering.SpoolEntries.drained;
import static ai.exaone.gateway.metering.SpoolEntries.ended;
import static ai.exaone.gateway.metering.SpoolEntries.ends;
import static ai.exaone.gateway.metering.SpoolEntries.join;
import static ai.exaone.gateway.metering.SpoolEntries.longEnd;
import static ai.exaone.gateway.metering.SpoolEntries.progressed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** The spool on a real disk: nothing written is lost, and nothing torn is believed. */
class SpoolTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC);

    private Path directory;

    @BeforeTry
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("spool");
    }

    @AfterTry
    void deleteDirectory() throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Property(tries = 200)
    void aFrameReadsBackAndNothingLessOrElseDoes(
            @ForAll("entries") SpoolEntry entry, @ForAll byte[] before, @ForAll byte flip) {
        byte[] frame = bytes(entry);
        byte[] all = new byte[before.length + frame.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(frame, 0, all, before.length, frame.length);

        SpoolFrame.Read read = SpoolFrame.read(all, before.length, all.length).orElseThrow();
        assertThat(read.entry()).isEqualTo(entry);
        assertThat(read.length()).isEqualTo(frame.length);
        for (int cut = 0; cut < frame.length; cut++) {
            assertThat(SpoolFrame.read(all, before.length, before.length + cut)).isEmpty();
        }
        for (int changed = 0; flip != 0 && changed < frame.length; changed++) {
            frame[changed] ^= flip;
            assertThat(SpoolFrame.read(frame, 0, frame.length)).isEmpty();
            frame[changed] ^= flip;
        }
    }

    @Example
    void aCrashAtEveryByteOfTheTailKeepsAllThatWasWhole() throws IOException {
        crashAtEveryByteOfTheTail(0);
    }

    /** The rest of a segment's file is there before its frames are. */
    @Example
    void aCrashAtEveryByteOfTheTailKeepsAllThatWasWholeWithZerosBehind() throws IOException {
        crashAtEveryByteOfTheTail(SpoolFrame.MAXIMUM_BYTES);
    }

    private void crashAtEveryByteOfTheTail(int zeros) throws IOException {
        List<SpoolEntry> entries = List.of(
                begun("a", 10), progressed("a", 4), begun("b", 20), ended("a", 5), progressed("b", 7), ended("b", 9));
        byte[] whole = join(entries);
        List<Integer> ends = ends(entries);
        for (int cut = 0; cut <= whole.length; cut++) {
            makeDirectory();
            int kept = cut;
            byte[] torn = Arrays.copyOf(Arrays.copyOf(whole, cut), cut + zeros);
            Files.write(directory.resolve(String.format("%019d.spool", 5)), torn);
            try (Spool spool = open(1 << 20)) {
                List<SpoolEntry> survived = entries.subList(
                        0, (int) ends.stream().filter(end -> end <= kept).count());
                assertThat(drained(spool)).containsExactlyInAnyOrderElementsOf(expected(survived));
            }
            deleteDirectory();
        }
        makeDirectory();
    }

    @Property(tries = 60)
    void everyCallThatBeganEndsOnceHoweverOftenTheProcessDies(@ForAll("scripts") List<List<Integer>> lives)
            throws IOException {
        Set<String> begun = new HashSet<>();
        int number = 0;
        for (List<Integer> life : lives) {
            // Not closed: the process dies.
            Spool spool = open(SpoolFrame.MAXIMUM_BYTES);
            for (int fate : life) {
                String id = "call" + number++;
                begun.add(id);
                append(spool, begun(id, 1));
                if (fate > 0) {
                    append(spool, progressed(id, fate));
                }
                if (fate > 1) {
                    append(spool, ended(id, fate));
                }
            }
        }
        try (Spool spool = open(SpoolFrame.MAXIMUM_BYTES)) {
            List<UsageRecord> drained = drained(spool);
            assertThat(drained).extracting(UsageRecord::getRequestId).doesNotHaveDuplicates();
            assertThat(drained.stream().map(UsageRecord::getRequestId).collect(Collectors.toSet()))
                    .isEqualTo(begun);
        }
    }

    @Property(tries = 60)
    void aCallWhoseProcessDiesIsBilledByItsLastProgressAndWithoutOneForNothing(
            @ForAll List<@LongRange(max = 1_000_000) Long> outputs, @ForAll @LongRange(max = 100_000) long input)
            throws IOException {
        AtomicLong nanos = new AtomicLong();
        List<Long> progress = outputs.stream().sorted().toList();
        // Not closed: the process dies.
        Meter meter = new Meter(open(SpoolFrame.MAXIMUM_BYTES), nanos::get, ended -> {});
        MeteredCall call = meter.begin(new CallStart(
                "req_1", "tnt_1", "prj_1", "key_1", "key_1", "", "", "chat", "/v1", Instant.EPOCH, nanos.get()));
        for (long output : progress) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(call.progressDue(nanos.get())).isTrue();
            call.progress(TokenCounts.estimate(input, output), nanos.get());
        }
        try (Spool next = open(SpoolFrame.MAXIMUM_BYTES)) {
            assertThat(drained(next)).singleElement().satisfies(usage -> {
                assertThat(usage.getOutcome()).isEqualTo(Outcome.OUTCOME_INTERRUPTED);
                assertThat(usage.getModel()).isEqualTo("chat");
                assertThat(usage.getInputTokens()).isEqualTo(progress.isEmpty() ? 0 : input);
                assertThat(usage.getOutputTokens()).isEqualTo(progress.isEmpty() ? 0 : progress.getLast());
            });
        }
    }

    @Example
    void deletesWhatIsDrainedButNoBeginningOfARunningCall() throws IOException {
        try (Spool spool = open(SpoolFrame.MAXIMUM_BYTES)) {
            append(spool, begun("long", 1));
            for (int i = 0; i < 500; i++) {
                String id = "short" + i;
                append(spool, begun(id, 1));
                append(spool, longEnd(id));
            }
            int segments = segments(spool);
            assertThat(segments).isGreaterThan(2);
            spool.deleteBefore(spool.end());
            assertThat(segments(spool)).isEqualTo(segments);
            append(spool, ended("long", 1));
            spool.deleteBefore(spool.end());
            assertThat(segments(spool)).isEqualTo(1);
        }
    }

    @Example
    void keepsACopyOfASegmentWhosePagesInTheMiddleAreGone() throws IOException {
        byte[] frames = join(Stream.generate(() -> longEnd("lost")).limit(400).toList());
        Arrays.fill(frames, 10_000, 14_096, (byte) 0);
        Files.write(directory.resolve(String.format("%019d.spool", 5)), frames);
        try (Spool spool = open(1 << 20)) {
            assertThat(drained(spool)).hasSize(10_000 / bytes(longEnd("lost")).length);
            assertThat(Files.size(directory.resolve(String.format("%019d.spool.damaged", 5))))
                    .isEqualTo(frames.length);
        }
    }

    @Example
    void takesTheNextSegmentThatWasMadeAndLeavesNothingBehind() throws IOException {
        try (Spool spool = open(SpoolFrame.MAXIMUM_BYTES)) {
            for (int i = 0; i < 1_000; i++) {
                append(spool, longEnd("call" + i));
            }
            assertThat(drained(spool)).hasSize(1_000);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum())
                    .isEqualTo(IntStream.range(0, 1_000)
                            .mapToLong(i -> bytes(longEnd("call" + i)).length)
                            .sum());
        }
    }

    @Example
    void beginsNothingWhenTheDiskIsAlmostFull() throws IOException {
        SpoolConfig greedy =
                new SpoolConfig(directory, 1 << 20, Long.MAX_VALUE, Duration.ofMillis(20), SpoolSync.GROUPED);
        try (Spool spool = Spool.open(greedy, CLOCK)) {
            assertThatThrownBy(() -> append(spool, begun("a", 1)))
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(MeteringError.USAGE_NOT_RECORDABLE));
            append(spool, ended("b", 1));
            assertThat(drained(spool)).hasSize(1);
        }
    }

    @Example
    void recordsNothingOnceItIsClosed() throws IOException {
        Spool spool = open(SpoolFrame.MAXIMUM_BYTES);
        append(spool, begun("a", 1));
        spool.close();
        assertThatThrownBy(() -> append(spool, ended("a", 1)))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(MeteringError.USAGE_NOT_RECORDABLE));
        try (Spool next = open(SpoolFrame.MAXIMUM_BYTES)) {
            assertThat(drained(next))
                    .singleElement()
                    .extracting(UsageRecord::getOutcome)
                    .isEqualTo(Outcome.OUTCOME_INTERRUPTED);
        }
    }

    @Example
    void syncsBeforeItReturnsWhereThatIsPaidFor() throws IOException {
        SpoolConfig always = new SpoolConfig(directory, 1 << 20, 0, Duration.ofHours(1), SpoolSync.ALWAYS);
        try (Spool spool = Spool.open(always, CLOCK)) {
            append(spool, begun("a", 1));
            append(spool, ended("a", 1));
            assertThat(drained(spool)).hasSize(1);
        }
    }

    @Provide
    Arbitrary<SpoolEntry> entries() {
        Arbitrary<UsageRecord> records = Combinators.combine(
                        Arbitraries.strings().alpha().ofMaxLength(40),
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.strings().ofMaxLength(40))
                .as((id, tokens, detail) -> UsageRecord.newBuilder()
                        .setRequestId(id)
                        .setInputTokens(tokens)
                        .setDetail(detail.replaceAll("\\p{Cs}", ""))
                        .build());
        return Arbitraries.oneOf(
                records.map(SpoolEntry.Begun::new),
                records.map(SpoolEntry.Progressed::new),
                records.map(SpoolEntry.Ended::new));
    }

    /** Lives of the process, each with the fates of its calls: begun, progressed, ended. */
    @Provide
    Arbitrary<List<List<Integer>>> scripts() {
        return Arbitraries.integers()
                .between(0, 2)
                .list()
                .ofMaxSize(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    private Spool open(int segmentBytes) {
        return Spool.open(new SpoolConfig(directory, segmentBytes, 0, Duration.ofMillis(20), SpoolSync.GROUPED), CLOCK);
    }

    /** Ends as they were written, and an interruption with the last progress for each call without one. */
    private static List<UsageRecord> expected(List<SpoolEntry> survived) {
        List<UsageRecord> expected = new ArrayList<>();
        Map<String, UsageRecord> open = new LinkedHashMap<>();
        for (SpoolEntry entry : survived) {
            String id = entry.usage().getRequestId();
            switch (entry) {
                case SpoolEntry.Begun(UsageRecord usage) -> open.put(id, usage);
                case SpoolEntry.Progressed(UsageRecord usage) ->
                    open.computeIfPresent(
                            id,
                            (key, known) -> known.toBuilder().mergeFrom(usage).build());
                case SpoolEntry.Ended(UsageRecord usage) -> {
                    open.remove(id);
                    expected.add(usage);
                }
            }
        }
        open.values()
                .forEach(usage -> expected.add(usage.toBuilder()
                        .setOutcome(Outcome.OUTCOME_INTERRUPTED)
                        .setReason("GATEWAY_STOPPED")
                        .setDetail("The gateway stopped before the call was over.")
                        .setEstimated(true)
                        .build()));
        return expected;
    }

    /** Segments with frames: the next one may be there too, without any. */
    private int segments(Spool spool) throws IOException {
        String current = String.format("%019d.spool", spool.end().segment());
        try (Stream<Path> files = Files.list(directory)) {
            return (int) files.filter(file -> file.getFileName().toString().compareTo(current) <= 0)
                    .count();
        }
    }
}
