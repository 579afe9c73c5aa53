package ai.exaone.gateway.management.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.FieldViolation;
import ai.exaone.errors.PlatformException;
import ai.exaone.rpc.contract.Contracts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestBinderTest {
    private final ApiRoutes routes = new ApiRoutes(Contracts.load());
    private final RequestBinder binder = new RequestBinder();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                    {"name": 1}                                  | name                | must be text
                    {"name": {}}                                 | name                | must be text
                    {"name": ["a"]}                              | name                | must be text
                    {"name": "a", "state": "OPEN"}               | state               | must be one of TENANT_STATE_ACTIVE, TENANT_STATE_SUSPENDED
                    {"createTime": "yesterday"}                  | createTime          | must be a time such as 2026-03-01T09:00:00Z
                    {"colour": {"deep": [1, {"x": 2}]}}          | colour              | is not a field of this request
                    """)
    void aMistakeInABodyIsNamed(String body, String field, String description) {
        assertThat(violations("POST", "/api/v1/tenants", Map.of(), body))
                .containsExactly(new FieldViolation(field, description));
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        assertThat(violations(
                        "POST", "/api/v1/tenants", Map.of("requestId", List.of("a", "b")), "{\"name\": 1, \"x\": 2}"))
                .extracting(FieldViolation::field)
                .containsExactly("name", "x", "requestId");
    }

    @Test
    void whatThePathSaysTheBodyDoesNot() {
        String tenant = "tnt_01j9zzzzzzzzzzzzzzzzzzzzzz";
        assertThat(violations("POST", "/api/v1/tenants/" + tenant + ":suspend", Map.of(), "{\"tenantId\": \"other\"}"))
                .containsExactly(new FieldViolation("tenantId", "is in the path and not in the body"));
    }

    private List<FieldViolation> violations(String verb, String path, Map<String, List<String>> query, String body) {
        ApiRoutes.Resolution.Found found = (ApiRoutes.Resolution.Found) routes.resolve(verb, path);
        HttpInput input =
                new HttpInput(query, body.getBytes(StandardCharsets.UTF_8), Optional.empty(), Optional.empty());
        return catchThrowableOfType(PlatformException.class, () -> binder.bind(found.method(), found.values(), input))
                .violations();
    }
}
