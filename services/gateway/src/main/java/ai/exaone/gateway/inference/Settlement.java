package ai.exaone.gateway.inference;

import ai.exaone.gateway.admission.Admission;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.MeteredCall;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The books of one call that quota is asked for: what it holds and what is recorded of it. They are closed once, by {@link #refuse} or
 * {@link #finish}. For the exchange's event loop.
 */
final class Settlement {
    private final Admission admission;
    private final HoldRequest hold;
    private final MeteredCall record;
    private boolean closed;

    /**
     * @param record of the call, begun
     */
    Settlement(Admission admission, HoldRequest hold, MeteredCall record) {
        this.admission = admission;
        this.hold = hold;
        this.record = record;
    }

    /** The record of the call. */
    MeteredCall record() {
        return record;
    }

    /** Records that nothing was admitted. Where quota did not answer it may hold something all the same, until this end is drained. */
    CompletionStage<Void> refuse(CallEnd refusal) {
        closed = true;
        return record.end(refusal);
    }

    /**
     * Records the end and settles the hold.
     *
     * @return completes when both are done: then the last byte may go out; what the call costs, in micro-KRW, where that is known
     */
    CompletionStage<OptionalLong> finish(CallEnd end) {
        if (closed) {
            return CompletableFuture.completedStage(OptionalLong.empty());
        }
        closed = true;
        CompletionStage<Void> recorded = record.end(end);
        CompletionStage<OptionalLong> settled = admission.settle(hold, end.tokens());
        boolean atOnce = isDone(recorded) && isDone(settled);
        return atOnce ? settled : recorded.thenCombine(settled, (none, cost) -> cost);
    }

    private static boolean isDone(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        return future.isDone() && !future.isCompletedExceptionally();
    }
}
