package ai.exaone.quota.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Money against arithmetic that has no bounds. */
class RatesTest {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    @Property
    void anAmountIsExactOrRefused(
            @ForAll @LongRange(max = Rates.MOST_MICROS) long input,
            @ForAll @LongRange(max = Rates.MOST_MICROS) long cached,
            @ForAll @LongRange(max = Rates.MOST_MICROS) long output,
            @ForAll @LongRange(max = TokenCount.MOST) long inputTokens,
            @ForAll @LongRange(max = TokenCount.MOST) long cachedTokens,
            @ForAll @LongRange(max = TokenCount.MOST) long outputTokens) {
        var rates = new Rates(input, cached, output);
        var tokens = new TokenCount(inputTokens, cachedTokens, outputTokens);
        long believed = Math.min(cachedTokens, inputTokens);
        BigInteger exact = product(inputTokens - believed, input)
                .add(product(believed, cached))
                .add(product(outputTokens, output));
        if (exact.compareTo(LARGEST) <= 0) {
            assertThat(BigInteger.valueOf(rates.amount(tokens))).isEqualTo(exact);
        } else {
            assertThatThrownBy(() -> rates.amount(tokens))
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(PriceError.AMOUNT_OUT_OF_RANGE));
        }
    }

    @Property
    void noCallWithinItsBoundsCostsMoreThanTheMost(
            @ForAll @LongRange(max = 1_000_000) long input,
            @ForAll @LongRange(max = 1_000_000) long cached,
            @ForAll @LongRange(max = 1_000_000) long output,
            @ForAll @LongRange(max = 100_000) long mostInput,
            @ForAll @LongRange(max = 100_000) long mostOutput,
            @ForAll @IntRange(max = 999_999) int shares) {
        var rates = new Rates(input, cached, output);
        long used = mostInput * (shares % 100) / 99;
        long usedCached = used * (shares / 100 % 100) / 99;
        long usedOutput = mostOutput * (shares / 10_000) / 99;
        var tokens = new TokenCount(used, usedCached, usedOutput);
        assertThat(rates.amount(tokens)).isLessThanOrEqualTo(rates.most(mostInput, mostOutput));
    }

    private static BigInteger product(long tokens, long micros) {
        return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(micros));
    }
}
