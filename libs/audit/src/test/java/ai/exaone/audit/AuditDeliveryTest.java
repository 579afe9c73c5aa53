package ai.exaone.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.errors.ReceivedReason;
import ai.exaone.ids.IdGenerator;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.ServiceName;
import ai.exaone.store.StoredTime;
import ai.exaone.testing.Engine;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import io.grpc.Context;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@EveryEngine
@Tag("server")
class AuditDeliveryTest {
    @AutoClose
    private final TestDatabase database;

    private final MySqlAuditOutbox outbox;
    private final List<RecordAuditEventRequest> taken = new CopyOnWriteArrayList<>();

    AuditDeliveryTest(Engine engine) {
        database = TestDatabase.create(engine, "audit");
        database.transactions().withHandle(handle -> handle.execute("""
                CREATE TABLE audit_outbox (
                    audit_event_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    payload        MEDIUMBLOB NOT NULL,
                    created_at     DATETIME(6) NOT NULL,
                    PRIMARY KEY (audit_event_id)
                )"""));
        var ids = new IdGenerator(StoredTime.clock(), new SecureRandom());
        outbox = new MySqlAuditOutbox(ServiceName.QUOTA, database.transactions(), ids, StoredTime.clock());
    }

    @BeforeEach
    void empty() {
        database.clear();
        taken.clear();
    }

    @Test
    void anActArrivesWithItsActorAndItsValues() throws Exception {
        var call = new CallContext(
                Optional.of(Principal.user("usr_1", "Min-jun", Optional.of("tnt_1"), Set.of())),
                Optional.empty(),
                "req_1",
                "10.0.0.9");
        Context.current()
                .withValue(CallContext.KEY, call)
                .call(() -> record(Act.changed("tnt_1", "limit.update", "lim_1", Map.of("rpm", 1), Map.of("rpm", 2))));

        try (var delivery = new AuditDelivery(outbox, taken::add).start()) {
            Awaitility.await().until(() -> taken.size() == 1 && outbox.oldest(1).isEmpty());
        }
        RecordAuditEventRequest event = taken.getFirst();
        assertThat(event.getActor()).isEqualTo("usr_1");
        assertThat(event.getRequestId()).isEqualTo("req_1");
        assertThat(event.getClientAddress()).isEqualTo("10.0.0.9");
        assertThat(event.getBefore().getFieldsOrThrow("rpm").getNumberValue()).isEqualTo(1);
        assertThat(event.getAfter().getFieldsOrThrow("rpm").getNumberValue()).isEqualTo(2);
    }

    @Test
    void outsideOfCallsTheServiceActs() {
        record(Act.created("", "deployment.create", "dep_1", Map.of()));

        assertThat(outbox.oldest(1)).singleElement().satisfies(event -> {
            assertThat(event.getActor()).isEqualTo("service:quota");
            assertThat(event.hasBefore()).isFalse();
            assertThat(event.hasAfter()).isTrue();
        });
    }

    @Test
    void aChangeThatIsUndoneIsNotTold() {
        assertThatThrownBy(() -> database.transactions().useTransaction(handle -> {
                    outbox.record(handle, Act.deleted("tnt_1", "limit.delete", "lim_1", Map.of()));
                    throw new IllegalArgumentException("undone");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(outbox.oldest(1)).isEmpty();
    }

    @Test
    void eventsWaitUntilIdentityTakesThemAndKeepTheirOrder() {
        for (int number = 1; number <= 3; number++) {
            record(Act.created("tnt_1", "limit.create", "lim_" + number, Map.of()));
        }
        var attempts = new AtomicInteger();
        try (var delivery = new AuditDelivery(outbox, event -> {
                    if (attempts.incrementAndGet() == 2) {
                        throw refusal(ErrorCategory.UNAVAILABLE);
                    }
                    taken.add(event);
                })
                .start()) {
            Awaitility.await().until(() -> outbox.oldest(1).isEmpty());
        }

        assertThat(taken).extracting(RecordAuditEventRequest::getTarget).containsExactly("lim_1", "lim_2", "lim_3");
    }

    @Test
    void anEventThatIdentityWillNeverTakeHoldsUpNone() {
        record(Act.created("tnt_1", "limit.create", "lim_1", Map.of()));
        record(Act.created("tnt_1", "limit.create", "lim_2", Map.of()));
        try (var delivery = new AuditDelivery(outbox, event -> {
                    if (event.getTarget().equals("lim_1")) {
                        throw refusal(ErrorCategory.INVALID_ARGUMENT);
                    }
                    taken.add(event);
                })
                .start()) {
            Awaitility.await().until(() -> outbox.oldest(1).isEmpty());
        }

        assertThat(taken).extracting(RecordAuditEventRequest::getTarget).containsExactly("lim_2");
    }

    private boolean record(Act act) {
        return database.transactions().inTransaction(handle -> {
            outbox.record(handle, act);
            return true;
        });
    }

    private static PlatformException refusal(ErrorCategory category) {
        return new PlatformException(new ReceivedReason("REFUSED", category, false), "Refused.");
    }
}
