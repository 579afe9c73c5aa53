package ai.exaone.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void aProblemIsSaidOnceAndInLines() {
        assertThat(Problem.lines(400, """
                {"detail": "The field runId is not valid: no id", "reason": "INVALID_REQUEST", "requestId": "req_1",
                 "violations": [{"field": "runId", "description": "no id"}, {"field": "name", "description": "too long"}]}
                """)).isEqualTo("""
                        The field runId is not valid: no id
                          name: too long
                          (reason INVALID_REQUEST)
                          (request req_1)""");
        assertThat(Problem.lines(502, "<html>Bad gateway</html>"))
                .isEqualTo("The platform answered 502: <html>Bad gateway</html>");
    }
}
