package ai.exaone.gateway.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemPageTest {
    private static final List<JsonValue> FIVE = IntStream.rangeClosed(1, 5)
            .mapToObj(number -> JsonValue.of("{\"id\":\"" + number + "\"}"))
            .toList();

    @Test
    void listsTheNewestFirst() {
        assertThat(page(Map.of()))
                .isEqualTo(
                        "{\"object\":\"list\",\"data\":[{\"id\":\"5\"},{\"id\":\"4\"},{\"id\":\"3\"},{\"id\":\"2\"},{\"id\":\"1\"}],"
                                + "\"first_id\":\"5\",\"last_id\":\"1\",\"has_more\":false}");
    }

    @Test
    void goesOnAfterAnItem() {
        assertThat(page(Map.of("order", "asc", "limit", "2")))
                .contains("[{\"id\":\"1\"},{\"id\":\"2\"}]", "\"has_more\":true");
        assertThat(page(Map.of("order", "asc", "limit", "2", "after", "2")))
                .contains("[{\"id\":\"3\"},{\"id\":\"4\"}]", "\"has_more\":true");
        assertThat(page(Map.of("order", "asc", "limit", "2", "after", "5")))
                .contains("\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false");
    }

    @Test
    void refusesWhatIsNoPage() {
        for (Map<String, String> wrong :
                List.of(Map.of("order", "up"), Map.of("limit", "0"), Map.of("limit", "101"), Map.of("limit", "x"))) {
            assertThatThrownBy(() -> ItemPage.of(wrong)).isInstanceOf(PlatformException.class);
        }
    }

    private static String page(Map<String, String> query) {
        return new String(ItemPage.of(query).of(FIVE), StandardCharsets.UTF_8);
    }
}
