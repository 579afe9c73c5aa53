package ai.exaone.serving.published;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.store.Change;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.crypto.MasterKey;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.MutableClock;
import ai.exaone.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@EveryEngine(migrated = "serving")
final class MySqlPublishedLogTest {
    private final TestDatabase database;
    private final PublishedLog log;

    MySqlPublishedLogTest(TestDatabase database) {
        this.database = database;
        this.log = open();
    }

    @Test
    void onlyWhatDiffersBecomesAChange() {
        assertThat(publish(Map.of("a", "1", "b", "1"))).isEqualTo(2);
        assertThat(publish(Map.of("a", "1", "b", "1"))).isEqualTo(2);
        assertThat(publish(Map.of("a", "1", "b", "2"))).isEqualTo(3);
        assertThat(publish(Map.of("b", "2", "c", "1"))).isEqualTo(5);
        assertThat(changes(3)).containsExactly("4 PUT c=1", "5 DELETE a=");
        assertThat(present()).isEqualTo(Map.of("b", "2", "c", "1"));
    }

    @Test
    void aNewLifeFindsWhatIsPublished() {
        publish(Map.of("a", "1"));
        PublishedLog next = open();
        assertThat(next.publish(Map.of("a", bytes("1")))).isEqualTo(1);
        assertThat(next.snapshot().revision()).isEqualTo(1);
    }

    @Test
    void whoFollowsTheChangesHasTheStateOfTheSnapshot() {
        publish(Map.of("a", "1", "b", "1"));
        publish(Map.of("b", "2", "c", "3"));
        publish(Map.of("c", "3"));
        Map<String, String> followed = new HashMap<>();
        for (Change change : read(0)) {
            switch (change.kind()) {
                case PUT -> followed.put(change.key(), text(change.payload()));
                case DELETE -> followed.remove(change.key());
            }
        }
        assertThat(followed).isEqualTo(present());
    }

    @Test
    void whatIsPrunedIsReadFromTheBeginningAgain() {
        publish(Map.of("a", "1"));
        publish(Map.of("a", "2"));
        publish(Map.of("a", "3"));
        log.prune(1);
        assertThat(log.read(0, 10)).isInstanceOf(ChangeLog.Reading.StartAgain.class);
        assertThat(changes(2)).containsExactly("3 PUT a=3");
    }

    private PublishedLog open() {
        return new MySqlPublishedLog(
                database.transactions(),
                "routes",
                new MasterKey(new byte[32], new SecureRandom()),
                MutableClock.started());
    }

    private long publish(Map<String, String> entries) {
        Map<String, byte[]> payloads = new HashMap<>();
        entries.forEach((key, value) -> payloads.put(key, bytes(value)));
        return log.publish(payloads);
    }

    private List<String> changes(long after) {
        return read(after).stream()
                .map(change ->
                        change.revision() + " " + change.kind() + " " + change.key() + "=" + text(change.payload()))
                .toList();
    }

    private List<Change> read(long after) {
        return ((ChangeLog.Reading.Changes) log.read(after, 100)).changes();
    }

    private Map<String, String> present() {
        Map<String, String> entries = new HashMap<>();
        log.snapshot().entries().forEach(entry -> entries.put(entry.key(), text(entry.payload())));
        return entries;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
