package ai.exaone.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final RetryBudget budget = new RetryBudget();

    @Test
    void letsAFifthOfTheCallsBeTriedAgainOnceTheSavingsAreSpent() {
        assertThat(spendable(1_000)).isEqualTo(100);

        IntStream.range(0, 50).forEach(call -> budget.called());
        assertThat(spendable(1_000)).isEqualTo(10);
    }

    @Test
    void savesOnlySoMuch() {
        IntStream.range(0, 10_000).forEach(call -> budget.called());

        assertThat(spendable(1_000)).isEqualTo(100);
    }

    private long spendable(int tries) {
        return IntStream.range(0, tries).filter(attempt -> budget.spend()).count();
    }
}
