package ai.exaone.identity.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.identity.RunningIdentity;
import ai.exaone.identity.RunningIdentity.Place;
import ai.exaone.proto.identity.internal.v1.TenancyEntry;
import ai.exaone.proto.identity.v1.DeleteProjectRequest;
import ai.exaone.proto.identity.v1.ProjectServiceGrpc;
import ai.exaone.proto.identity.v1.Tenant;
import ai.exaone.proto.identity.v1.TenantServiceGrpc;
import ai.exaone.proto.identity.v1.UpdateTenantRequest;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.watch.WatchFollower;
import ai.exaone.rpc.watch.WatchListener;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What other services hear of tenants and projects, over the watch protocol. */
@Tag("server")
final class TenancyLogTest {
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
    void aServiceHearsOfTimeZonesAndOfDeletedProjectsLaterToo() throws Exception {
        Place before = identity.newPlace();
        var quota = new Follower();
        try (var follower = quota.follow(ServiceName.QUOTA)) {
            assertThat(follower.awaitState(Duration.ofSeconds(60))).isTrue();
            assertThat(quota.zoneOf(before.tenantId())).isEqualTo("Asia/Seoul");
            move(before, "Europe/Berlin");
            Place later = identity.newPlace();
            delete(later);
            await(() -> {
                assertThat(quota.zoneOf(before.tenantId())).isEqualTo("Europe/Berlin");
                assertThat(quota.zoneOf(later.tenantId())).isEqualTo("Asia/Seoul");
                assertThat(quota.known
                                .get(later.projectId())
                                .getDeletedProject()
                                .getTenantId())
                        .isEqualTo(later.tenantId());
                assertThat(quota.known).doesNotContainKey(before.projectId());
            });
        }
        delete(before);
        var agents = new Follower();
        try (var follower = agents.follow(ServiceName.AGENTS)) {
            assertThat(follower.awaitState(Duration.ofSeconds(60))).isTrue();
            assertThat(agents.zoneOf(before.tenantId())).isEqualTo("Europe/Berlin");
            assertThat(agents.known.get(before.projectId()).hasDeletedProject()).isTrue();
        }
    }

    private static void move(Place place, String zone) {
        TenantServiceGrpc.newBlockingStub(place.admin())
                .updateTenant(UpdateTenantRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setTenant(Tenant.newBuilder().setTimeZone(zone))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("time_zone"))
                        .build());
    }

    private static void delete(Place place) {
        ProjectServiceGrpc.newBlockingStub(place.admin())
                .deleteProject(DeleteProjectRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .build());
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().untilAsserted(assertion);
    }

    /** A service's copy of the log. */
    private static final class Follower implements WatchListener {
        final Map<String, TenancyEntry> known = new ConcurrentHashMap<>();

        WatchFollower follow(ServiceName service) {
            return WatchFollower.follow(
                    identity.as(service), MySqlTenancyLog.NAME, service.wireName(), this, System::nanoTime);
        }

        String zoneOf(String tenantId) {
            return known.get(tenantId).getTenant().getTimeZone();
        }

        @Override
        public void onState(List<Entry> entries) {
            known.clear();
            entries.forEach(this::onChange);
        }

        @Override
        public void onChange(Entry entry) {
            try {
                known.put(entry.getKey(), TenancyEntry.parseFrom(entry.getValue()));
            } catch (InvalidProtocolBufferException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }
}
