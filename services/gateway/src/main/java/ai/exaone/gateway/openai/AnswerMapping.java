package ai.exaone.gateway.openai;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns what the engine says into what the caller expects, where these differ. One instance per call, for one thread. The default
 * methods change nothing.
 */
public interface AnswerMapping {
    /** Changes nothing. */
    AnswerMapping NONE = new AnswerMapping() {};

    /** Maps an answer that is not streamed. */
    default byte[] whole(byte[] answer) {
        return answer;
    }

    /** Maps the JSON of one event to that of none, one or more. */
    default List<byte[]> part(byte[] data) {
        return List.of(data);
    }

    /** What is still to be said when the engine has said everything. */
    default List<byte[]> rest() {
        return List.of();
    }

    /** This mapping, and another on what comes out of it. */
    default AnswerMapping then(AnswerMapping next) {
        AnswerMapping first = this;
        return new AnswerMapping() {
            @Override
            public byte[] whole(byte[] answer) {
                return next.whole(first.whole(answer));
            }

            @Override
            public List<byte[]> part(byte[] data) {
                return first.part(data).stream()
                        .flatMap(part -> next.part(part).stream())
                        .toList();
            }

            @Override
            public List<byte[]> rest() {
                List<byte[]> mapped = new ArrayList<>();
                first.rest().forEach(part -> mapped.addAll(next.part(part)));
                mapped.addAll(next.rest());
                return mapped;
            }
        };
    }
}
