package ai.exaone.identity.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.identity.id.TenantId;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.MutableClock;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@EveryEngine(migrated = "identity")
final class AuditRetentionTest {
    private static final Duration RETENTION = Duration.ofDays(400);
    private static final Actor ACTOR = new Actor("usr_test", "Test", "req", "127.0.0.1");

    private final MutableClock clock = MutableClock.started();
    private final IdGenerator ids = new IdGenerator(clock, new SecureRandom());
    private final MySqlAuditStore audit;
    private final TenantId tenant = new TenantId(ids.next("tnt"));

    AuditRetentionTest(TestDatabase database) {
        audit = new MySqlAuditStore(database.transactions(), ids, clock);
    }

    @Test
    void eventsAreForgottenWhenTheyAreOlderThanTheirRetention() {
        audit.record(event(Optional.of(tenant), "first"));
        audit.record(event(Optional.empty(), "of-the-installation"));
        clock.advance(Duration.ofDays(1));
        audit.record(event(Optional.of(tenant), "second"));

        clock.advance(RETENTION.minusDays(1));
        audit.prune(RETENTION);
        assertThat(targets()).containsExactly("second", "first");

        clock.advance(Duration.ofMillis(1));
        audit.prune(RETENTION);
        assertThat(targets()).containsExactly("second");
        assertThat(audit.listOfPlatform(PageRequest.first(10)).items()).isEmpty();
    }

    @Test
    void manyAreForgottenInBatchesWhileOthersAreRecorded() throws Exception {
        for (int number = 0; number < 1_010; number++) {
            audit.record(event(Optional.of(tenant), "old"));
        }
        clock.advance(RETENTION.plusDays(1));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = Stream.<Runnable>of(
                            () -> audit.prune(RETENTION),
                            () -> audit.prune(RETENTION),
                            () -> Stream.generate(() -> event(Optional.of(tenant), "new"))
                                    .limit(20)
                                    .forEach(audit::record))
                    .<Future<?>>map(threads::submit)
                    .toList();
            for (Future<?> each : work) {
                each.get();
            }
        }

        assertThat(targets()).hasSize(20).containsOnly("new");
    }

    private AuditEvent event(Optional<TenantId> of, String target) {
        return new AuditEvent(
                ids.next("aud"), of, clock.instant(), ACTOR, "test", target, Optional.empty(), Optional.empty());
    }

    private List<String> targets() {
        return audit.list(tenant, AuditFilter.ALL, PageRequest.first(200)).items().stream()
                .map(AuditEvent::target)
                .toList();
    }
}
