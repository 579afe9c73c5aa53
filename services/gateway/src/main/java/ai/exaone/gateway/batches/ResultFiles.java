package ai.exaone.gateway.batches;

import ai.exaone.gateway.files.FilePurpose;
import ai.exaone.gateway.files.FileShelf;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of a batch into files: what succeeded into one, everything else into another. Until the batch is published nobody
 * sees them, and whoever takes the batch up again writes others. For one batch and thread.
 */
final class ResultFiles implements AutoCloseable {
    private static final long PAGE_BYTES = 4 << 20;

    private final BatchJournal journal;
    private final FileShelf shelf;
    private final HeldLease held;
    private final Batch batch;
    private final FileShelf.Reader input;
    private FileShelf.@Nullable Writer output;
    private FileShelf.@Nullable Writer errors;
    private int completed;
    private int failed;

    /**
     * @param input of the batch
     */
    ResultFiles(BatchJournal journal, FileShelf shelf, HeldLease held, Batch batch, FileShelf.Reader input) {
        this.journal = journal;
        this.shelf = shelf;
        this.held = held;
        this.batch = batch;
        this.input = input;
    }

    /** Writes everything; the files become ready when what is returned is published. */
    BatchJournal.Published write() {
        Ending ending = batch.ending().orElseThrow();
        int last = 0;
        List<BatchJournal.ResultLine> page = journal.results(held.lease(), last, PAGE_BYTES);
        while (!page.isEmpty()) {
            for (BatchJournal.ResultLine line : page) {
                write(line, ending);
                held.keep();
            }
            last = page.getLast().line().number();
            page = journal.results(held.lease(), last, PAGE_BYTES);
        }
        return new BatchJournal.Published(
                ending.status(),
                new Batch.Counts(batch.counts().total(), completed, failed),
                Optional.ofNullable(output).map(FileShelf.Writer::complete),
                Optional.ofNullable(errors).map(FileShelf.Writer::complete));
    }

    private void write(BatchJournal.ResultLine line, Ending ending) {
        if (line.end().isEmpty()) {
            // Lines that expired or were cancelled did not fail: nobody tried.
            failed += ending == Ending.KEY_REFUSED ? 1 : 0;
            add(errors(), uncalled(line.line(), ending));
        } else if (line.end().get().succeeded()) {
            completed++;
            add(output(), line.end().get().json());
        } else {
            failed++;
            add(errors(), line.end().get().json());
        }
    }

    private byte[] uncalled(BatchLine line, Ending ending) {
        InputLine asked = InputLine.known(input.read(line.position(), line.length()));
        return LineResult.uncalled(batch.id(), line, asked.customId(), ending.code(), ending.message());
    }

    private static void add(FileShelf.Writer file, byte[] line) {
        file.write(line);
        file.write('\n');
    }

    private FileShelf.Writer output() {
        FileShelf.Writer known = output;
        if (known == null) {
            known = begin("_output.jsonl");
            output = known;
        }
        return known;
    }

    private FileShelf.Writer errors() {
        FileShelf.Writer known = errors;
        if (known == null) {
            known = begin("_errors.jsonl");
            errors = known;
        }
        return known;
    }

    private FileShelf.Writer begin(String name) {
        return shelf.begin(batch.scope(), FilePurpose.BATCH_OUTPUT, batch.id() + name);
    }

    /** Abandons what was not written to its end. */
    @Override
    public void close() {
        if (output != null) {
            output.close();
        }
        if (errors != null) {
            errors.close();
        }
    }
}
