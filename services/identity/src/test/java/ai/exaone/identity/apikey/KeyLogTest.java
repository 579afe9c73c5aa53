package ai.exaone.identity.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.identity.RunningIdentity;
import ai.exaone.identity.RunningIdentity.Place;
import ai.exaone.proto.identity.internal.v1.KeyPrincipal;
import ai.exaone.proto.identity.v1.ApiKey;
import ai.exaone.proto.identity.v1.ApiKeyServiceGrpc;
import ai.exaone.proto.identity.v1.DeleteProjectRequest;
import ai.exaone.proto.identity.v1.ProjectServiceGrpc;
import ai.exaone.proto.identity.v1.ResumeTenantRequest;
import ai.exaone.proto.identity.v1.RevokeApiKeyRequest;
import ai.exaone.proto.identity.v1.RevokeApiKeyResponse;
import ai.exaone.proto.identity.v1.SuspendTenantRequest;
import ai.exaone.proto.identity.v1.TenantServiceGrpc;
import ai.exaone.proto.identity.v1.UpdateApiKeyRequest;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchFollower;
import ai.exaone.rpc.watch.WatchListener;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What gateways hear of keys, over the watch protocol. */
@Tag("server")
final class KeyLogTest {
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
    void aGatewayKnowsTheAcceptedKeysAndHearsOfEveryChange() throws Exception {
        Place place = identity.newPlace();
        String before = place.newKey(ApiKey.getDefaultInstance()).getApiKey().getKeyId();
        var gateway = new ScriptedGateway();
        try (var follower = gateway.follow("gateway-1")) {
            assertThat(follower.awaitState(Duration.ofSeconds(60))).isTrue();
            assertThat(gateway.known).containsKey(before);

            String keyId = place.newKey(ApiKey.getDefaultInstance()).getApiKey().getKeyId();
            await(() -> assertThat(gateway.known).containsKey(keyId));

            ApiKeyServiceGrpc.newBlockingStub(place.admin())
                    .updateApiKey(UpdateApiKeyRequest.newBuilder()
                            .setTenantId(place.tenantId())
                            .setProjectId(place.projectId())
                            .setKeyId(keyId)
                            .setApiKey(ApiKey.newBuilder().addModels("one"))
                            .setUpdateMask(FieldMask.newBuilder().addPaths("models"))
                            .build());
            await(() -> assertThat(gateway.known.get(keyId).getModelsList()).containsExactly("one"));

            var tenants = TenantServiceGrpc.newBlockingStub(identity.asPlatformAdmin(Optional.empty()));
            tenants.suspendTenant(SuspendTenantRequest.newBuilder()
                    .setTenantId(place.tenantId())
                    .build());
            await(() -> assertThat(gateway.known).doesNotContainKeys(before, keyId));
            tenants.resumeTenant(ResumeTenantRequest.newBuilder()
                    .setTenantId(place.tenantId())
                    .build());
            await(() -> assertThat(gateway.known).containsKeys(before, keyId));

            awaitUnconfirmed(place, keyId);
            // The answer came after the gateway had applied it: nothing to wait for.
            assertThat(gateway.known).doesNotContainKey(keyId).containsKey(before);

            ProjectServiceGrpc.newBlockingStub(place.admin())
                    .deleteProject(DeleteProjectRequest.newBuilder()
                            .setTenantId(place.tenantId())
                            .setProjectId(place.projectId())
                            .build());
            await(() -> assertThat(gateway.known).doesNotContainKey(before));
        }
    }

    @Test
    void aGatewayThatDoesNotConfirmIsNamed() throws Exception {
        Place place = identity.newPlace();
        String keyId = place.newKey(ApiKey.getDefaultInstance()).getApiKey().getKeyId();
        var quick = new ScriptedGateway();
        var stuck = new ScriptedGateway();
        try (var one = quick.follow("gateway-quick");
                var other = stuck.follow("gateway-stuck")) {
            assertThat(one.awaitState(Duration.ofSeconds(60))).isTrue();
            assertThat(other.awaitState(Duration.ofSeconds(60))).isTrue();
            stuck.gate = new CountDownLatch(1);
            try {
                awaitUnconfirmed(place, keyId, "gateway-stuck");
                assertThat(quick.known).doesNotContainKey(keyId);
            } finally {
                stuck.gate.countDown();
            }
            awaitUnconfirmed(place, keyId);
        }
    }

    /** Revokes a key, and again until only those have not confirmed it: an answer is not waited for longer than two seconds. */
    private static void awaitUnconfirmed(Place place, String keyId, String... gateways) {
        await(() ->
                assertThat(revoke(place, keyId).getUnconfirmedGatewaysList()).containsExactly(gateways));
    }

    private static RevokeApiKeyResponse revoke(Place place, String keyId) {
        return ApiKeyServiceGrpc.newBlockingStub(place.admin())
                .revokeApiKey(RevokeApiKeyRequest.newBuilder()
                        .setTenantId(place.tenantId())
                        .setProjectId(place.projectId())
                        .setKeyId(keyId)
                        .build());
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().untilAsserted(assertion);
    }

    /** A gateway's copy of the log, which may be made to hang. */
    private static final class ScriptedGateway implements WatchListener {
        final Map<String, KeyPrincipal> known = new ConcurrentHashMap<>();
        volatile CountDownLatch gate = new CountDownLatch(0);

        WatchFollower follow(String watcherId) {
            return WatchFollower.follow(identity.asGateway(), MySqlKeyLog.NAME, watcherId, this, System::nanoTime);
        }

        @Override
        public void onState(List<Entry> entries) {
            known.clear();
            entries.forEach(this::onChange);
        }

        @Override
        public void onChange(Entry entry) {
            try {
                gate.await();
                if (entry.getDeleted()) {
                    known.remove(entry.getKey());
                } else {
                    known.put(entry.getKey(), KeyPrincipal.parseFrom(entry.getValue()));
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } catch (InvalidProtocolBufferException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }
}
