package ai.exaone.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.bench.candidate.Endpoint;
import ai.exaone.bench.comparison.Comparison.Plan;
import ai.exaone.bench.load.LoadGenerator;
import ai.exaone.bench.upstream.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole of it, with this very process in the place of gateways. */
@Tag("server")
class ComparisonTest {
    private final List<String> raw = new ArrayList<>();

    @Test
    void tellsOfEveryKindAndTarget() throws Exception {
        long self = ProcessHandle.current().pid();
        try (ScriptedUpstream upstream = ScriptedUpstream.start(0, 1, Optional.empty(), Kind.Models.all());
                LoadGenerator generator = new LoadGenerator(1)) {
            URI base = URI.create("http://127.0.0.1:" + upstream.port() + "/v1");
            List<Endpoint> endpoints = List.of(
                    new Endpoint("direct", base, "key", Map.of()),
                    new Endpoint("nginx", base, "key", Map.of(Endpoint.GATEWAY, List.of(self))),
                    new Endpoint("exaone", base, "key", Map.of(Endpoint.GATEWAY, List.of(self))));
            Plan plan = new Plan(
                    List.of(Kind.JSON_1K, Kind.STREAM_64), 0, 2, Duration.ofMillis(200), Duration.ofMillis(600));

            String tables = new Comparison(generator, endpoints, List.of(), plan, raw::add, line -> {}).run();

            assertThat(tables.lines()
                            .filter(line -> line.startsWith("| json1k "))
                            .count())
                    .isEqualTo(3);
            assertThat(tables)
                    .contains("| stream64 | exaone |", "×nginx", "Other work on the machine during 12 runs")
                    .doesNotContain("×  ", "closed early");
        }
        assertThat(raw).hasSize(12).allMatch(line -> line.startsWith("{\"kind\":\"") && line.contains("\"errors\":{}"));
    }

    @Test
    void everyKindHasAModelThatTheUpstreamLists() {
        Endpoint endpoint = new Endpoint("direct", URI.create("http://127.0.0.1:1/v1"), "key", Map.of());
        for (Kind kind : Kind.values()) {
            assertThat(Kind.Models.all())
                    .contains(kind.load(endpoint, Duration.ZERO, Duration.ZERO).model());
            assertThat(Kind.labelled(kind.label())).contains(kind);
        }
    }
}
