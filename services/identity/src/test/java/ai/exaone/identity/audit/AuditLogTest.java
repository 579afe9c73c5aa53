package ai.exaone.identity.audit;

import static ai.exaone.identity.RunningIdentity.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.identity.RunningIdentity;
import ai.exaone.identity.RunningIdentity.Place;
import ai.exaone.proto.identity.internal.v1.AuditRecordServiceGrpc;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.proto.identity.v1.ApiKey;
import ai.exaone.proto.identity.v1.AuditEvent;
import ai.exaone.proto.identity.v1.AuditServiceGrpc;
import ai.exaone.proto.identity.v1.ListAuditEventsRequest;
import ai.exaone.proto.identity.v1.ListPlatformAuditEventsRequest;
import ai.exaone.rpc.ServiceName;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the audit log keeps, of identity's own changes and of other services'. Over gRPC. */
@Tag("server")
final class AuditLogTest {
    private static RunningIdentity identity;

    @BeforeAll
    static void start() {
        identity = RunningIdentity.withoutKeycloak();
    }

    @AfterAll
    static void stop() {
        identity.close();
    }

    @Test
    void everyChangeIsInTheAuditLogNewestFirst() {
        Place place = identity.newPlace();
        var key = place.newKey(ApiKey.newBuilder().setDisplayName("audited").build());

        List<AuditEvent> events = events(place, "");
        assertThat(events)
                .extracting(AuditEvent::getAction)
                .containsExactly("apikey.create", "project.create", "tenant.create");
        AuditEvent newest = events.getFirst();
        assertThat(newest.getActor()).isEqualTo(identity.platformAdmin().id().value());
        assertThat(newest.getActorName()).isEqualTo("Platform Admin");
        assertThat(newest.getTarget()).isEqualTo(key.getApiKey().getKeyId());
        assertThat(newest.hasBefore()).isFalse();
        assertThat(newest.getAfter().getFieldsOrThrow("displayName").getStringValue())
                .isEqualTo("audited");
        assertThat(events.toString()).doesNotContain(key.getSecret().substring(40, 60));
        assertThat(events(place, "apikey.")).hasSize(1);
        assertThat(AuditServiceGrpc.newBlockingStub(identity.asPlatformAdmin(Optional.empty()))
                        .listPlatformAuditEvents(ListPlatformAuditEventsRequest.newBuilder()
                                .setPageSize(200)
                                .build())
                        .getAuditEventsList())
                .anySatisfy(event -> assertThat(event.getTarget()).isEqualTo(place.tenantId()));
    }

    @Test
    void theAuditLogIsListedPageByPageWithoutGapsOrRepetitions() {
        Place place = identity.newPlace();
        for (int number = 0; number < 5; number++) {
            place.newKey(ApiKey.getDefaultInstance());
        }
        var seen = new ArrayList<String>();
        String token = "";
        do {
            var page = AuditServiceGrpc.newBlockingStub(place.admin())
                    .listAuditEvents(ListAuditEventsRequest.newBuilder()
                            .setTenantId(place.tenantId())
                            .setPageSize(3)
                            .setPageToken(token)
                            .build());
            page.getAuditEventsList().forEach(event -> seen.add(event.getAuditEventId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void anotherServicesEventIsStoredOnce() {
        Place place = identity.newPlace();
        var record = AuditRecordServiceGrpc.newBlockingStub(identity.as(ServiceName.QUOTA));
        var event = RecordAuditEventRequest.newBuilder()
                .setAuditEventId("aud_" + place.tenantId().substring(4))
                .setTenantId(place.tenantId())
                .setTimeMicros(1_800_000_000_123_456L)
                .setActor(identity.platformAdmin().id().value())
                .setAction("limit.update")
                .setTarget("lim_1")
                .setAfter(Struct.newBuilder()
                        .putFields(
                                "tokens", Value.newBuilder().setNumberValue(7).build()))
                .build();

        record.recordAuditEvent(event);
        record.recordAuditEvent(event.toBuilder().setAction("limit.other").build());

        assertThat(events(place, "limit.")).singleElement().satisfies(stored -> {
            assertThat(stored.getAction()).isEqualTo("limit.update");
            assertThat(stored.getActorName()).isEqualTo("Platform Admin");
            assertThat(stored.getTime().getNanos()).isEqualTo(123_456_000);
            assertThat(stored.getAfter().getFieldsOrThrow("tokens").getNumberValue())
                    .isEqualTo(7);
        });
        assertRefused(
                "PERMISSION_DENIED",
                () -> AuditRecordServiceGrpc.newBlockingStub(identity.asGateway())
                        .recordAuditEvent(event));
    }

    private static List<AuditEvent> events(Place place, String prefix) {
        return AuditServiceGrpc.newBlockingStub(place.admin())
                .listAuditEvents(ListAuditEventsRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setActionPrefix(prefix)
                        .build())
                .getAuditEventsList();
    }
}
