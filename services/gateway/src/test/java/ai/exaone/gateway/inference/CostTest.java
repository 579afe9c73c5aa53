package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class CostTest {
    @Test
    void isWrittenAsPeopleWriteIt() {
        assertThat(Cost.text(1)).isEqualTo("0.000001");
        assertThat(Cost.text(12_300)).isEqualTo("0.0123");
        assertThat(Cost.text(7_000_000)).isEqualTo("7");
        assertThat(Cost.text(1_000_500_000)).isEqualTo("1000.5");
    }

    @Test
    void isNotToldOfWhatIsFreeOrNotKnown() {
        assertThat(Cost.told(OptionalLong.of(0))).isEmpty();
        assertThat(Cost.told(OptionalLong.empty())).isEmpty();
        assertThat(Cost.told(OptionalLong.of(10))).contains("0.00001");
    }

    @Property
    void isExact(@ForAll @LongRange(min = 0) long micros) {
        assertThat(new BigDecimal(Cost.text(micros))).isEqualByComparingTo(BigDecimal.valueOf(micros, 6));
    }
}
