package ai.exaone.identity.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.identity.id.KeyId;
import ai.exaone.ids.IdGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;

/** The form of keys as callers present them. */
final class PresentedKeyProperties {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final IdGenerator IDS = new IdGenerator(Clock.systemUTC(), RANDOM);
    private static final KeyHasher HASHER = new KeyHasher("a pepper of more than 32 characters");

    @Property(tries = 200)
    void whatIsShownIsUnderstood() {
        PresentedKey made = generate();

        PresentedKey read = PresentedKey.parse(made.reveal()).orElseThrow();

        assertThat(read.id()).isEqualTo(made.id());
        assertThat(HASHER.matches(read, HASHER.hash(made))).isTrue();
        assertThat(made.reveal()).hasSize(92).matches("exk_[0-9a-z]{26}_[0-9a-z]{52}_[0-9a-f]{8}");
    }

    @Property
    void theChecksumCatchesEveryWrongCharacter(
            @ForAll @IntRange(max = 91) int position, @ForAll @CharRange(from = ' ', to = '~') char wrong) {
        var text = new StringBuilder(generate().reveal());
        if (text.charAt(position) != wrong) {
            text.setCharAt(position, wrong);
            assertThat(PresentedKey.parse(text.toString())).isEmpty();
        }
    }

    @Property(tries = 200)
    void twoNeighboursThatChangedPlacesAreCaught(@ForAll @IntRange(max = 90) int position) {
        var text = new StringBuilder(generate().reveal());
        char first = text.charAt(position);
        char second = text.charAt(position + 1);
        if (first != second) {
            text.setCharAt(position, second);
            text.setCharAt(position + 1, first);
            assertThat(PresentedKey.parse(text.toString())).isEmpty();
        }
    }

    @Property
    void noOtherTextIsAKey(@ForAll String text) {
        assertThat(PresentedKey.parse(text)).isEmpty();
    }

    @Property(tries = 50)
    void aHashFitsOneKeyUnderOnePepper() {
        PresentedKey one = generate();

        assertThat(HASHER.matches(generate(), HASHER.hash(one))).isFalse();
        assertThat(new KeyHasher("another pepper of 32 characters or more").matches(one, HASHER.hash(one)))
                .isFalse();
    }

    @Property(tries = 20)
    void aKeyDoesNotShowItselfInLogs() {
        PresentedKey made = generate();

        assertThat(made.toString()).hasSize(17).endsWith("…");
        assertThat(made.reveal()).startsWith(made.toString().substring(0, 16));
    }

    private static PresentedKey generate() {
        return PresentedKey.generate(new KeyId(IDS.next(KeyId.PREFIX)), RANDOM);
    }
}
