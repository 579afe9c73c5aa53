package ai.exaone.agents.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.FieldViolation;
import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecificationReaderTest {
    private static final String COMPLETE = """
            apiVersion: exaone.ai/v1
            kind: Agent
            name: clerk
            description: Answers questions about orders.
            model: smollm2-135m
            instructions: |
              You answer questions about orders.
            parameters:
              temperature: 0.2
              maxOutputTokens: 256
            tools:
              - http:
                  name: order
                  description: Looks up an order.
                  method: GET
                  url: https://orders.example/v1/orders/{id}
                  headers:
                    Authorization: Bearer ${secret.ORDERS_TOKEN}
                  parameters:
                    type: object
                    properties:
                      id: {type: string}
                      fields: {type: string}
                    required: [id]
                  timeout: 5s
              - mcp:
                  name: stock
                  url: https://stock.example/mcp
                  allow: [count]
                  idempotent: [count]
            limits:
              steps: 10
              duration: 2m
              tokens: 5000
            """;

    private static final String MISTAKEN = """
            apiVersion: exaone.ai/v2
            kind: Agent
            name: Clerk
            modle: smollm2
            instructions: ""
            parameters:
              temperature: hot
              maxTokens: 5
            tools:
              - http:
                  name: order
                  description: Looks up an order.
                  metod: GET
                  method: FETCH
                  url: ftp://orders.example/{id}
                  parameters:
                    type: object
                    properties:
                      id: {type: strin}
              - http: {name: order, description: Again., method: GET, url: "https://{host}/x"}
                mcp: {name: tools, url: "https://x.example/mcp"}
              - mcp:
                  name: stock
                  url: https://u:p@x.example/mcp
                  headers: {Host: other, X-Token: "${secrets.A}"}
                  timeout: 90m
            limits:
              steps: 0
              duration: 48h
            """;

    private final SpecificationReader reader = new SpecificationReader(new SpecificationSchema());

    @Test
    void readsEveryField() {
        var agent = reader.read(COMPLETE, "clerk");

        assertThat(agent.name()).isEqualTo("clerk");
        assertThat(agent.model()).isEqualTo("smollm2-135m");
        assertThat(agent.instructions()).isEqualTo("You answer questions about orders.\n");
        assertThat(agent.parameters().temperature()).hasValue(0.2);
        assertThat(agent.parameters().maxOutputTokens()).hasValue(256);
        assertThat(agent.limits()).isEqualTo(new AgentSpecification.RunLimits(10, Duration.ofMinutes(2), 5000));
        var order = agent.httpTool("order").orElseThrow();
        assertThat(order.repeatable()).isTrue();
        assertThat(order.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(order.headers()).containsEntry("Authorization", "Bearer ${secret.ORDERS_TOKEN}");
        var stock = agent.mcpServers().getFirst();
        assertThat(stock.allows("count")).isTrue();
        assertThat(stock.allows("empty")).isFalse();
        assertThat(stock.repeatable()).containsExactly("count");
        assertThat(agent.digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void theDigestIsOfTheMeaning() {
        var plain = reader.read("{apiVersion: exaone.ai/v1, kind: Agent, name: a, model: m, instructions: Answer.}");
        var written = reader.read("""
                # the same in other words
                kind: Agent
                apiVersion: "exaone.ai/v1"
                instructions: >-
                  Answer.
                model: 'm'
                name: a
                """);
        var other = reader.read("{apiVersion: exaone.ai/v1, kind: Agent, name: a, model: m, instructions: Answer}");

        assertThat(written.digest()).isEqualTo(plain.digest());
        assertThat(other.digest()).isNotEqualTo(plain.digest());
    }

    @Test
    void reportsEveryMistakeWithItsPlace() {
        var violations = violations(MISTAKEN);

        assertThat(violations)
                .extracting(FieldViolation::description)
                .containsExactly(
                        "line 1, column 1: The field `model` is missing.",
                        "line 1, column 13: This has to be `exaone.ai/v1`.",
                        "line 3, column 7: This has to be 1 to 63 lower-case letters, digits and hyphens, beginning with a letter.",
                        "line 4, column 1: There is no field `modle`. Did you mean `model`?",
                        "line 5, column 15: This may not be empty.",
                        "line 7, column 16: This has to be a number.",
                        "line 8, column 3: There is no field `maxTokens`. Known here: temperature, maxOutputTokens.",
                        "line 13, column 7: There is no field `metod`. Did you mean `method`?",
                        "line 14, column 15: This has to be one of GET, HEAD, POST, PUT, PATCH, DELETE. Did you mean `PATCH`?",
                        "line 15, column 12: This has to be a URL beginning with https:// or http://.",
                        "line 15, column 12: The parameter `id` stands in the URL, so it has to be in `required`.",
                        "line 19, column 22: This has to be one of array, boolean, integer, null, number, object, string."
                                + " Did you mean `string`?",
                        "line 19, column 22: This has to be a list.",
                        "line 20, column 5: This has to be exactly one of `http` and `mcp`.",
                        "line 20, column 18: The name `order` is taken by tool 1.",
                        "line 20, column 64: An argument may stand behind the host, not in it.",
                        "line 20, column 64: No parameter is called `host`.",
                        "line 24, column 12: Credentials do not belong in a URL; use a header with ${secret.NAME}.",
                        "line 25, column 17: The platform sets the header `Host` itself.",
                        "line 25, column 39: A secret is written ${secret.NAME}: letters, digits and underscores, beginning with a"
                                + " letter.",
                        "line 26, column 16: This may be at most 10m.",
                        "line 28, column 10: This has to be at least 1.",
                        "line 29, column 13: This may be at most 24h.");
    }

    @Test
    void refusesWhatJsonDoesNotHave() {
        assertThat(violations("a: &x 1\nb: *x\n"))
                .extracting(FieldViolation::description)
                .contains("line 1, column 4: Anchors and aliases are not allowed.");
        assertThat(violations("name: a\nname: b\n"))
                .extracting(FieldViolation::description)
                .contains("line 2, column 1: The key `name` is here twice.");
        assertThat(violations("name: [a\n").getFirst().description()).startsWith("line 2, column 1: Not YAML");
        assertThat(violations(""))
                .extracting(FieldViolation::description)
                .containsExactly("line 1, column 1: The document is empty.");
        assertThat(violations("- a\n"))
                .extracting(FieldViolation::description)
                .containsExactly("line 1, column 1: A specification is a mapping of fields.");
    }

    @Test
    void theSpecificationIsOfItsAgent() {
        var failure = catchThrowableOfType(PlatformException.class, () -> reader.read(COMPLETE, "other"));

        assertThat(failure.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("specification.name");
            assertThat(violation.description()).isEqualTo("line 3, column 7: This agent is called `other`.");
        });
    }

    private List<FieldViolation> violations(String yaml) {
        var failure = catchThrowableOfType(PlatformException.class, () -> reader.read(yaml));
        assertThat(failure.reason()).isEqualTo(AgentError.SPECIFICATION_INVALID);
        return failure.violations();
    }
}
