package ai.exaone.gateway.responses;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Ids that a test can foretell: {@code msg_1}, {@code fc_2} and so on. */
final class CountedIds implements UnaryOperator<String> {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public String apply(String prefix) {
        return prefix + "_" + count.incrementAndGet();
    }
}
