package ai.exaone.gateway.batches;

import ai.exaone.gateway.files.FileShelf;
import java.io.ByteArrayOutputStream;

/** Goes through the lines of a file, one after the other, and keeps no more than one of them. */
final class InputLines {
    private static final int PIECE = 64 * 1024;

    private final FileShelf.Reader reader;
    private final long length;
    private final int longest;

    /**
     * @param length of the file, in bytes
     * @param longest bytes of a line that are kept
     */
    InputLines(FileShelf.Reader reader, long length, int longest) {
        this.reader = reader;
        this.length = length;
        this.longest = longest;
    }

    /** Told of each line that is not blank. */
    interface Visitor {
        /**
         * A line.
         *
         * @param line where it stands
         * @param bytes the line without its end; less of it where it is longer than is kept
         * @return whether to go on
         */
        boolean line(BatchLine line, byte[] bytes);
    }

    void visit(Visitor visitor) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int number = 1;
        long begin = 0;
        for (long position = 0; position < length; position += PIECE) {
            byte[] piece = reader.read(position, (int) Math.min(PIECE, length - position));
            int from = 0;
            for (int at = 0; at < piece.length; at++) {
                if (piece[at] == '\n') {
                    keep(line, piece, from, at);
                    if (!tell(visitor, number, begin, position + at, line)) {
                        return;
                    }
                    line.reset();
                    from = at + 1;
                    begin = position + from;
                    number++;
                }
            }
            keep(line, piece, from, piece.length);
        }
        tell(visitor, number, begin, length, line);
    }

    private void keep(ByteArrayOutputStream line, byte[] piece, int from, int to) {
        line.write(piece, from, Math.min(to - from, longest + 1 - Math.min(line.size(), longest + 1)));
    }

    private static boolean tell(Visitor visitor, int number, long begin, long end, ByteArrayOutputStream kept) {
        byte[] bytes = kept.toByteArray();
        for (byte each : bytes) {
            if (each != ' ' && each != '\t' && each != '\r') {
                int whole = (int) Math.min(Integer.MAX_VALUE, end - begin);
                return visitor.line(BatchLine.fresh(number, begin, whole), bytes);
            }
        }
        return true;
    }
}
