package ai.exaone.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;

class UsageCostTest {
    private static final Optional<String> COST = Optional.of("0.0123");

    @Example
    void isSaidBesideTheCountsAndNothingElseChanges() {
        assertThat(
                        said(
                                "id: 7\r\ndata:{\"choices\":[], \"usage\" : {\"prompt_tokens\":3,\"completion_tokens_details\":{\"reasoning_tokens\":1} },\"x\":{}}\r\n\r\n"))
                .isEqualTo(
                        "id: 7\r\ndata:{\"choices\":[], \"usage\" : {\"prompt_tokens\":3,\"completion_tokens_details\":{\"reasoning_tokens\":1} ,\"cost_krw\":\"0.0123\"},\"x\":{}}\r\n\r\n");
        assertThat(said("data: {\"usage\":{}}\n\n")).isEqualTo("data: {\"usage\":{\"cost_krw\":\"0.0123\"}}\n\n");
    }

    @Example
    void isOursAndNotTheEngines() {
        String chained =
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"cost_krw\":\"9\",\"total_tokens\":3}}\n\n";

        assertThat(said(chained)).isEqualTo(chained.replace("\"9\"", "\"0.0123\""));
        assertThat(said(chained, Optional.empty())).isEqualTo(chained.replace("\"9\"", "null"));
    }

    @Example
    void isNotSaidWhereItHasNoPlace() {
        for (String event : new String[] {
            "data: {\"choices\":[],\"usage\":null}\n\n",
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\ndata: \"total_tokens\":3}}\n\n",
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\"",
            "data: [DONE]\n\n"
        }) {
            assertThat(said(event)).isEqualTo(event);
        }
    }

    @Property
    void isReadAsItWasSaid(@ForAll @AlphaChars String other) {
        String json = "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"o" + other + "\":{\"a\":[]}}}";
        byte[] event = said("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);

        assertThat(UsageCost.of(ChatEvent.of(event).data())).isEqualTo(COST);
        assertThat(ChatEvent.of(event).usage().orElseThrow().input()).isEqualTo(3);
        assertThat(said(json, Optional.empty())).isEqualTo(json);
        assertThat(UsageCost.of(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static String said(String event) {
        return said(event, COST);
    }

    private static String said(String event, Optional<String> cost) {
        return new String(UsageCost.say(event.getBytes(StandardCharsets.UTF_8), cost), StandardCharsets.UTF_8);
    }
}
