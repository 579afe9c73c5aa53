package ai.exaone.gateway.openai;

import java.io.ByteArrayOutputStream;
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
        if (edits.size() > 1) {
            edits = edits.stream()
                    .sorted(Comparator.comparingInt(edit -> edit.replaced().start()))
                    .toList();
        }
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

    /** Takes a stretch of bytes, which are not to be changed. */
    public interface Sink {
        void take(byte[] bytes, int offset, int length);
    }

    /** Gives what comes out, stretch by stretch. */
    public void forEach(Sink sink) {
        int position = 0;
        for (Edit edit : edits) {
            give(sink, source, position, edit.replaced().start());
            give(sink, edit.inserted(), 0, edit.inserted().length);
            position = edit.replaced().end();
        }
        give(sink, source, position, source.length);
    }

    /** What comes out, as one array: for short bodies. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length());
        forEach(bytes::write);
        return bytes.toByteArray();
    }

    private static void give(Sink sink, byte[] bytes, int from, int to) {
        if (to > from) {
            sink.take(bytes, from, to - from);
        }
    }

    /** The same with more edits. */
    public Splice with(List<Edit> more) {
        List<Edit> all = new ArrayList<>(edits);
        all.addAll(more);
        return new Splice(source, all);
    }
}
