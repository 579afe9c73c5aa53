package ai.exaone.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    @Test
    void eventsComeOneAfterAnotherAndCommentsAreNone() {
        try (EventStream events = stream("""
                : keep-alive

                event: runEvent
                id: 7
                data: {"a":
                data: 1}

                data:plain

                """)) {
            assertThat(events.next()).contains(new EventStream.Event("runEvent", "7", "{\"a\":\n1}"));
            assertThat(events.next()).contains(new EventStream.Event("message", "", "plain"));
            assertThat(events.next()).isEmpty();
        }
    }

    @Test
    void anEventThatIsCutOffIsNone() {
        try (EventStream events = stream("id: 1\ndata: half")) {
            assertThat(events.next()).isEmpty();
        }
    }

    private static EventStream stream(String text) {
        return new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
