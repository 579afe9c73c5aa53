package ai.exaone.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void aModelsNameSaysHowItAnswers() {
        Script script = Script.PLAIN.withModel("provider/scripted-chunks8-pace5-first20");

        assertThat(script.chunks()).isEqualTo(8);
        assertThat(script.pace()).isEqualTo(Duration.ofMillis(5));
        assertThat(script.first()).isEqualTo(Duration.ofMillis(20));
        assertThat(script.status()).isEmpty();
    }

    @Test
    void wordsOfANameThatAreNoneArePartOfTheName() {
        assertThat(Script.PLAIN.withModel("hang-over-embed-v2")).isEqualTo(Script.PLAIN);
        assertThat(Script.PLAIN.withModel("scripted")).isEqualTo(Script.PLAIN);
    }

    @Test
    void laterWordsAreStronger() {
        assertThat(Script.PLAIN.with("chunks3").with("chunks4-cut9").chunks()).isEqualTo(4);
        assertThat(Script.PLAIN.with("cut0-reset").cutAfter()).hasValue(0);
    }

    @Test
    void aWordThatIsNoneIsRefusedWhereOnlyWordsStand() {
        for (String wrong : new String[] {"", "chunk3", "cut", "status200", "split0", "pace-5"}) {
            assertThatThrownBy(() -> Script.PLAIN.with(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
