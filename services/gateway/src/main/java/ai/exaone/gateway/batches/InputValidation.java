package ai.exaone.gateway.batches;

import ai.exaone.gateway.files.FileShelf;
import ai.exaone.gateway.openai.Json;
import ai.exaone.store.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the whole input of a batch, before anything of it is called, and notes where its lines are. For one batch and thread. */
final class InputValidation {
    /** Bytes of a line. */
    static final int LONGEST_LINE = 16 << 20;

    private static final int MOST_FAULTS = 50;
    private static final int LINES_AT_ONCE = 500;

    private final BatchJournal journal;
    private final HeldLease held;
    private final Batch batch;
    private final int mostLines;
    /** Digests of the lines' own ids: those may be long, and several inputs are read at once. */
    private final Set<String> ids = new HashSet<>();

    private final List<BatchLine> lines = new ArrayList<>();
    private final List<LineFault> faults = new ArrayList<>();
    private int total;

    private record LineFault(Optional<Integer> line, InputLine.Fault fault) {}

    InputValidation(BatchJournal journal, HeldLease held, Batch batch, int mostLines) {
        this.journal = journal;
        this.held = held;
        this.batch = batch;
        this.mostLines = mostLines;
    }

    /** Validates, and brings the batch to its next state. */
    void run(FileShelf.Reader reader, long length, Clock clock) {
        journal.removeLines(held.lease());
        new InputLines(reader, length, LONGEST_LINE).visit(this::take);
        if (total == 0 && faults.isEmpty()) {
            fault(Optional.empty(), "empty_file", "The input file has no lines.");
        }
        if (faults.isEmpty()) {
            add();
            journal.begin(held.lease(), total, clock.instant());
        } else {
            journal.fail(held.lease(), errors(), clock.instant());
        }
    }

    private boolean take(BatchLine line, byte[] bytes) {
        held.keep();
        total++;
        if (total > mostLines) {
            fault(
                    Optional.empty(),
                    "too_many_requests",
                    "The input file has more than the " + mostLines + " lines that one batch may have.");
            return false;
        }
        if (line.length() > LONGEST_LINE) {
            fault(Optional.of(line.number()), "line_too_long", "This line has more than " + LONGEST_LINE + " bytes.");
        } else {
            read(line, bytes);
        }
        return faults.size() < MOST_FAULTS;
    }

    private void read(BatchLine line, byte[] bytes) {
        switch (InputLine.read(bytes, batch.endpoint())) {
            case InputLine.Outcome.Wrong(InputLine.Fault fault) ->
                faults.add(new LineFault(Optional.of(line.number()), fault));
            case InputLine.Outcome.Right(InputLine right) -> {
                if (!ids.add(Sha256.hex(right.customId()))) {
                    faults.add(new LineFault(
                            Optional.of(line.number()),
                            new InputLine.Fault(
                                    "duplicate_custom_id",
                                    "The 'custom_id' of this line is that of an earlier one.",
                                    Optional.of("custom_id"))));
                }
                lines.add(line);
                if (lines.size() == LINES_AT_ONCE) {
                    add();
                }
            }
        }
    }

    private void add() {
        if (faults.isEmpty() && !lines.isEmpty()) {
            journal.addLines(held.lease(), lines);
        }
        lines.clear();
    }

    private void fault(Optional<Integer> line, String code, String message) {
        faults.add(new LineFault(line, new InputLine.Fault(code, message, Optional.empty())));
    }

    private String errors() {
        byte[] written = Json.write(json -> {
            json.writeStartArray();
            for (LineFault found : faults) {
                json.writeStartObject();
                json.writeStringField("code", found.fault().code());
                json.writeStringField("message", found.fault().message());
                json.writeStringField("param", found.fault().parameter().orElse(null));
                if (found.line().isPresent()) {
                    json.writeNumberField("line", found.line().get());
                } else {
                    json.writeNullField("line");
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        return new String(written, StandardCharsets.UTF_8);
    }
}
