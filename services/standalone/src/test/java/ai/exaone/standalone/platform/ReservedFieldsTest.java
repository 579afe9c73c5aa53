package ai.exaone.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.gateway.openai.RequestReader;
import ai.exaone.serving.engine.EngineProfiles;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field that a shipped engine profile reserves is refused by its name, whatever its value. */
class ReservedFieldsTest {
    static Stream<Arguments> reserved() {
        return EngineProfiles.builtIn().all().stream()
                .flatMap(
                        profile -> profile.reservedFields().stream().map(field -> Arguments.of(profile.name(), field)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("reserved")
    void isRefusedByName(String profileName, String field) {
        var fields = EngineProfiles.builtIn().require(profileName).reservedFields();
        for (String value : new String[] {"null", "0", "\"x\"", "[{\"id\":0,\"scale\":1}]", "{\"a\":1}"}) {
            var refused = catchThrowableOfType(
                    PlatformException.class, () -> request(field, value).refuse(fields));

            assertThat(refused.reason()).isEqualTo(OpenAiReason.PARAMETER_RESERVED);
            assertThat(refused.violations().getFirst().field()).isEqualTo(field);
            assertThat(refused.publicMessage()).contains("'" + field + "'");
        }
    }

    private static InferenceRequest request(String field, String value) {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"" + field + "\":"
                + value + "}";
        return RequestReader.read(Endpoint.CHAT_COMPLETIONS, body.getBytes(StandardCharsets.UTF_8));
    }
}
