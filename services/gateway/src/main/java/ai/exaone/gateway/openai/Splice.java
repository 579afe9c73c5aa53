package ai.exaone.gateway.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Bytes with a few stretches replaced. The bytes themselves are not copied until they are written out.
 *
 * @param source the bytes; not to be changed any more
 * @param edits what replaces what, by offset, not overlapping
 */
public record Splice(byte[] source, List<Edit> edits) {
    /**
     * One replacement.
     *
     * @param replaced the stretch that goes; empty for an insertion before its offset
     * @param inserted what comes instead
     */
    public record Edit(Span replaced, byte[] inserted) {
        /** Replaces a stretch by a text. */
        public static Edit replace(Span span, String text) {
            return new Edit(span, text.getBytes(StandardCharsets.UTF_8));
        }

        /** Inserts a text before an offset. */
        public static Edit insert(int offset, String text) {
            return replace(new Span(offset, offset), text);
        }
    }

    public Splice {
        edits = edits.stream()
                .sorted(Comparator.comparingInt(edit -> edit.replaced().start()))
                .toList();
        int end = 0;
        for (Edit edit : edits) {
            if (edit.replaced().start() < end || edit.replaced().end() > source.length) {
                throw new IllegalArgumentException("Edits overlap or lie outside");
            }
            end = edit.replaced().end();
        }
    }

    /** Bytes that come out. */
    public int length() {
        int length = source.length;
        for (Edit edit : edits) {
            length += edit.inserted().length
                    - (edit.replaced().end() - edit.replaced().start());
        }
        return length;
    }

    /** Writes what comes out. */
    public void writeTo(OutputStream out) throws IOException {
        int position = 0;
        for (Edit edit : edits) {
            out.write(source, position, edit.replaced().start() - position);
            out.write(edit.inserted());
            position = edit.replaced().end();
        }
        out.write(source, position, source.length - position);
    }

    /** What comes out, as one array: for short bodies. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length());
        try {
            writeTo(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The same with more edits. */
    public Splice with(List<Edit> more) {
        List<Edit> all = new ArrayList<>(edits);
        all.addAll(more);
        return new Splice(source, all);
    }
}
