package ai.exaone.gateway.inference;

import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.AnswerMapping;
import ai.exaone.gateway.openai.Usage;
import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.UpstreamHead;
import ai.exaone.proto.quota.v1.Outcome;
import java.util.Arrays;
import java.util.Optional;

/**
 * Gives an answer back that is not streamed. A short one goes out when it is whole, so that another replica can be asked until then.
 * Of a long one that needs no mapping only the newest piece is kept: its last byte still waits for the books.
 */
final class WholeReader implements AnswerReader {
    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int FIRST_CAPACITY = 4 * 1024;
    private static final int LONG = 256 * 1024;
    private static final int TAIL = 16 * 1024;
    /** A mapping of more than this is done on a thread of its own. */
    private static final int LONG_MAPPING = 32 * 1024;
    /** What a token of an answer takes about, where the engine does not count. */
    private static final int BYTES_PER_TOKEN = 4;

    private final Forward forward;
    private final Attempt attempt;
    private final Answer answer;
    private final UpstreamHead head;
    private final boolean ofEngine;
    private byte[] kept;
    private int length;
    private boolean relaying;
    private long total;
    private Optional<TokenCounts> counted = Optional.empty();

    private WholeReader(Forward forward, Attempt attempt, UpstreamHead head, boolean ofEngine) {
        this.forward = forward;
        this.attempt = attempt;
        this.answer = forward.answer();
        this.head = head;
        this.ofEngine = ofEngine;
        this.kept = new byte[(int) Math.clamp(head.length(), FIRST_CAPACITY, LONG)];
    }

    static WholeReader ofEngine(Forward forward, Attempt attempt, UpstreamHead head) {
        return new WholeReader(forward, attempt, head, true);
    }

    /** An agent's failures have the caller's shape already. */
    static WholeReader ofAgent(Forward forward, Attempt attempt, UpstreamHead head) {
        return new WholeReader(forward, attempt, head, false);
    }

    @Override
    public void body(byte[] bytes, int offset, int count) {
        if (length + count > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(length + count, kept.length * 2));
        }
        System.arraycopy(bytes, offset, kept, length, count);
        length += count;
        total += count;
        if (length > LONG && ofEngine && mapping() == AnswerMapping.NONE) {
            relay();
        } else if (length > forward.parts().config().longestAnswer()) {
            attempt.broken("The answer is longer than is kept");
        }
    }

    /** Sends what is there of a long answer, save its newest bytes. */
    private void relay() {
        if (!relaying) {
            if (!beginsAsObject()) {
                attempt.retry(AttemptFailure.notAnAnswer("The answer is not a JSON object"));
                return;
            }
            relaying = true;
            counted = Usage.find(kept, 0, length);
            attempt.answered();
            forward.answering();
            answer.begin(JSON, head.length());
        }
        int sent = length - TAIL;
        answer.write(kept, 0, sent);
        System.arraycopy(kept, sent, kept, 0, TAIL);
        length = TAIL;
        forward.tally().addParts(sent / BYTES_PER_TOKEN);
    }

    @Override
    public void drained() {
        if (relaying) {
            forward.moved(attempt);
        }
    }

    @Override
    public void end() {
        if (relaying) {
            forward.finish(CallEnd.completed(tokens()), cost -> {
                answer.write(kept, 0, length);
                answer.end();
            });
        } else if (!ofEngine) {
            endOfAgent();
        } else if (!beginsAsObject() || !endsAsObject()) {
            attempt.retry(AttemptFailure.notAnAnswer("The answer is not a JSON object"));
        } else {
            attempt.came();
            attempt.answered();
            map();
        }
    }

    private void map() {
        if (mapping() == AnswerMapping.NONE) {
            send(kept, length);
            return;
        }
        byte[] whole = Arrays.copyOf(kept, length);
        if (length <= LONG_MAPPING) {
            byte[] mapped = mapping().whole(whole);
            send(mapped, mapped.length);
            return;
        }
        Later.then(
                Later.aside(
                        forward.exchange().call().requestId(), () -> mapping().whole(whole)),
                answer.loop(),
                mapped -> send(mapped, mapped.length),
                forward::fail);
    }

    private void send(byte[] bytes, int count) {
        CallEnd end = CallEnd.completed(tokens());
        forward.answering();
        forward.finish(end, cost -> answer.whole(OK, JSON, bytes, count));
    }

    private void endOfAgent() {
        forward.answering();
        CallEnd end = head.status() == OK ? CallEnd.completed(TokenCounts.NONE) : agentFailed();
        if (!head.acted()) {
            forward.finish(end, cost -> answer.refuse(head.status(), Arrays.copyOf(kept, length)));
            return;
        }
        forward.finish(end, cost -> answer.whole(head.status(), JSON, kept, length));
    }

    private CallEnd agentFailed() {
        Outcome outcome =
                head.status() < FIRST_SERVER_ERROR ? Outcome.OUTCOME_REFUSED : Outcome.OUTCOME_UPSTREAM_FAILED;
        return new CallEnd(
                outcome, head.status(), TokenCounts.NONE, "AGENT_FAILED", "The agent answered with a failure.");
    }

    private TokenCounts tokens() {
        if (!ofEngine) {
            return TokenCounts.NONE;
        }
        Optional<TokenCounts> last = Usage.find(kept, 0, length).or(() -> counted);
        last.ifPresent(forward.tally()::count);
        if (!relaying && forward.exchange().thoughts().isPresent()) {
            forward.tally().whole(Arrays.copyOf(kept, length));
        }
        return forward.tally()
                .apart(last.orElseGet(() -> TokenCounts.estimate(
                        forward.parts().likelyInput(forward.exchange()), total / BYTES_PER_TOKEN)));
    }

    private AnswerMapping mapping() {
        return forward.exchange().mapping();
    }

    private boolean beginsAsObject() {
        int at = 0;
        while (at < length && isSpace(kept[at])) {
            at++;
        }
        return at < length && kept[at] == '{';
    }

    private boolean endsAsObject() {
        int at = length - 1;
        while (at >= 0 && isSpace(kept[at])) {
            at--;
        }
        return at > 0 && kept[at] == '}';
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
}
