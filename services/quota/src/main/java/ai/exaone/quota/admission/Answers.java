package ai.exaone.quota.admission;

import ai.exaone.quota.limit.LimitKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What one tenant's requests are told; a refused one is told the same when it comes again. Not thread-safe: {@link Book} guards it. */
final class Answers {
    private static final int REFUSALS_REMEMBERED = 1_000;

    private final Meters meters;
    private final SequencedMap<String, Answer> refused = new LinkedHashMap<>();

    Answers(Meters meters) {
        this.meters = meters;
    }

    /** What a request was told that was refused lately. */
    Optional<Answer> refusal(String requestId) {
        return Optional.ofNullable(refused.get(requestId));
    }

    Answer admitted(Hold hold, List<Meter> above, Moment now) {
        return answer(new Decision.Admitted(hold.priceId()), above, now);
    }

    /** Refuses a request, from now on. */
    Answer refuse(String requestId, Refusal refusal, List<Meter> above, Moment now) {
        Answer answer = answer(refusal.decision(), above, now);
        if (refused.size() >= REFUSALS_REMEMBERED) {
            refused.pollFirstEntry();
        }
        refused.put(requestId, answer);
        return answer;
    }

    private Answer answer(Decision decision, List<Meter> above, Moment now) {
        return new Answer(
                decision,
                meters.rate(above, LimitKind.REQUESTS_PER_MINUTE, now),
                meters.rate(above, LimitKind.TOKENS_PER_MINUTE, now));
    }
}
