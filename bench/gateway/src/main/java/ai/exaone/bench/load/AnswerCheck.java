package ai.exaone.bench.load;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Whether an answer is the right one, read as it comes. One for each connection, used again for each of its answers. */
sealed interface AnswerCheck permits WholeCheck, StreamCheck {
    /** A new answer begins. */
    void begin(long sentNanos);

    /** More of its body; not taken over. */
    void read(ByteBuf bytes);

    /** What is wrong with it, now that it is over; empty if nothing. */
    Optional<String> verdict();

    static AnswerCheck of(Expected expected, StreamCheck.Times times) {
        return switch (expected) {
            case Expected.Completion completion -> WholeCheck.ofCompletion();
            case Expected.Embedding embedding -> WholeCheck.ofEmbedding();
            case Expected.Stream(int pieces) -> new StreamCheck(pieces, times);
        };
    }
}
