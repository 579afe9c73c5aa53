package ai.exaone.gateway.batches;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.batches.LineDoor.LineAnswer;
import ai.exaone.gateway.batches.LineJudge.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Lines: how they are read, named, judged and written. */
class LinesTest {
    private static final String BATCH = "batch_01m84ne5cbe4fvgs3sg5e4k4b8";
    private static final String OTHER_BATCH = "batch_01m84ne5cbe4fvgs3sg5e4k4b9";
    private static final String CHAT = "/v1/chat/completions";
    private static final String RIGHT =
            "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\", \"x\":1.50}}";

    @Test
    void keepsTheBodyAsItWasWritten() {
        InputLine line = right(RIGHT);
        assertThat(line.customId()).isEqualTo("a");
        assertThat(new String(line.body(), StandardCharsets.UTF_8)).isEqualTo("{\"model\":\"m\", \"x\":1.50}");
    }

    @Test
    void saysWhatIsWrongWithALine() {
        Map.of(
                        "nonsense",
                        "invalid_json_line",
                        "[]",
                        "invalid_json_line",
                        RIGHT.replace("\"custom_id\":\"a\",", ""),
                        "missing_required_parameter",
                        RIGHT.replace("\"a\"", "\"\""),
                        "invalid_value",
                        RIGHT.replace("POST", "GET"),
                        "invalid_method",
                        RIGHT.replace("chat/completions", "embeddings"),
                        "mismatched_url",
                        RIGHT.replaceAll("\"body\":.*", "\"body\":\"x\"}"),
                        "invalid_body")
                .forEach((text, code) -> {
                    InputLine.Outcome outcome = InputLine.read(bytes(text), CHAT);
                    assertThat(outcome)
                            .as(text)
                            .isInstanceOfSatisfying(
                                    InputLine.Outcome.Wrong.class,
                                    wrong -> assertThat(wrong.fault().code()).isEqualTo(code));
                });
    }

    /** Two workers give the same call the same name, and no other call has it. */
    @Property(tries = 200)
    void namesCallsByWhatTheyAre(
            @ForAll @IntRange(min = 1, max = 50_000) int line, @ForAll @IntRange(max = 50) int attempt) {
        BatchLine one = new BatchLine(line, 0, 1, attempt, 0);
        String name = LineNames.request(BATCH, one);

        assertThat(name).matches("req_01m84ne5cb[0-9a-hjkmnp-tv-z]{16}");
        assertThat(LineNames.request(BATCH, new BatchLine(line, 9, 9, attempt, 2)))
                .isEqualTo(name);
        Set<String> others = new HashSet<>(Set.of(
                LineNames.request(OTHER_BATCH, one),
                LineNames.request(BATCH, new BatchLine(line + 1, 0, 1, attempt, 0)),
                LineNames.request(BATCH, new BatchLine(line, 0, 1, attempt + 1, 0))));
        assertThat(others).hasSize(3).doesNotContain(name);
    }

    @Test
    void waitsWhereWaitingHelps() {
        assertThat(judge(429, "rate_limit_exceeded", Optional.of(Duration.ofSeconds(7)), 0))
                .isEqualTo(new Verdict.Later(false, Duration.ofSeconds(7)));
        assertThat(judge(429, "insufficient_quota", Optional.of(Duration.ofHours(7)), 2))
                .isEqualTo(new Verdict.Later(false, Duration.ofMinutes(1)));
        assertThat(judge(503, "gateway_busy", Optional.empty(), 2))
                .isEqualTo(new Verdict.Later(false, Duration.ofSeconds(1)));
        assertThat(judge(503, "engine_failed", Optional.empty(), 0))
                .isEqualTo(new Verdict.Later(true, Duration.ofSeconds(1)));
        assertThat(judge(504, "answer_timed_out", Optional.empty(), 1))
                .isEqualTo(new Verdict.Later(true, Duration.ofSeconds(2)));
        assertThat(judge(503, "engine_failed", Optional.empty(), 2)).isEqualTo(new Verdict.Result(false));
    }

    @Test
    void takesEverythingElseForTheResult() {
        assertThat(judge(200, "", Optional.empty(), 0)).isEqualTo(new Verdict.Result(true));
        assertThat(judge(400, "invalid_value", Optional.empty(), 0)).isEqualTo(new Verdict.Result(false));
        assertThat(judge(404, "model_not_found", Optional.empty(), 0)).isEqualTo(new Verdict.Result(false));
        assertThat(judge(401, "invalid_api_key", Optional.empty(), 0)).isEqualTo(new Verdict.KeyRefused());
    }

    @Test
    void writesAResultOnOneLine() {
        byte[] result = LineResult.answered(
                BATCH, BatchLine.fresh(1, 0, 1), "a\nb", 200, bytes("{\n  \"x\": \"1\\n2\",\r\n \"y\": 0.10 }\n"));
        assertThat(new String(result, StandardCharsets.UTF_8))
                .doesNotContain("\n", "\r")
                .contains("\"custom_id\":\"a\\nb\"", "\"x\": \"1\\n2\"", "0.10", "\"error\":null");
    }

    private static Verdict judge(int status, String code, Optional<Duration> after, int failures) {
        return LineJudge.judge(
                new BatchLine(1, 0, 1, failures, failures), new LineAnswer(status, new byte[0], code, after));
    }

    private static InputLine right(String text) {
        return ((InputLine.Outcome.Right) InputLine.read(bytes(text), CHAT)).line();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
