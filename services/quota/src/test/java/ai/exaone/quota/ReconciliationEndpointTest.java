package ai.exaone.quota;

import static ai.exaone.quota.QuotaCaller.refusal;
import static ai.exaone.quota.RunningQuota.IDS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.proto.quota.v1.DifferenceKind;
import ai.exaone.proto.quota.v1.GetReconciliationRequest;
import ai.exaone.proto.quota.v1.ListDifferencesRequest;
import ai.exaone.proto.quota.v1.RebuildSumsRequest;
import ai.exaone.proto.quota.v1.ReconciliationServiceGrpc;
import ai.exaone.proto.quota.v1.ReconciliationServiceGrpc.ReconciliationServiceBlockingStub;
import ai.exaone.quota.reconciliation.Reconciler;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators of the installation see of the ledger's comparison, and nobody else does. */
@EveryEngine(migrated = "quota")
class ReconciliationEndpointTest {
    @AutoClose
    private final RunningQuota quota;

    private final TestDatabase database;
    private final QuotaCaller caller;

    ReconciliationEndpointTest(TestDatabase database, @TempDir Path folder) throws Exception {
        this.database = database;
        quota = new RunningQuota(database, folder);
        caller = new QuotaCaller(quota);
    }

    @Test
    void aDifferenceIsSeenCountedAndPutRight() {
        var registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try {
            var admin = as("platform.ledger.read", "platform.ledger.write");
            // The service takes its first turn by itself.
            Awaitility.await()
                    .until(() -> RpcErrors.call(
                                    () -> admin.getReconciliation(GetReconciliationRequest.getDefaultInstance()))
                            .getReconciliation()
                            .hasCompleteTime());
            caller.price(10, 1, 30);
            caller.append(caller.call(IDS.next("req"), Instant.parse("2026-03-31T14:59:59Z"))
                    .build());
            database.transactions()
                    .withHandle(handle -> handle.execute("UPDATE usage_sum SET input_tokens = input_tokens - 1"));
            quota.bean(Reconciler.class).turn();

            var differences = RpcErrors.call(() -> admin.listDifferences(ListDifferencesRequest.getDefaultInstance()));
            assertThat(differences.getDifferencesList()).singleElement().satisfies(difference -> {
                assertThat(difference.getKind()).isEqualTo(DifferenceKind.DIFFERENCE_KIND_SUMS);
                assertThat(difference.getTenantId()).isEqualTo(caller.tenant);
                assertThat(difference.getMeasure()).isEqualTo("input_tokens");
                assertThat(difference.getUnits()).isEqualTo(1);
                assertThat(difference.hasResolvedTime()).isFalse();
            });
            assertThat(registry.get("exaone.ledger.differences").gauge().value())
                    .isEqualTo(1);
            assertThat(RpcErrors.call(() -> admin.rebuildSums(rebuild("2026-03-31")))
                            .getCorrectedSums())
                    .isEqualTo(1);
            assertThat(RpcErrors.call(() -> admin.getReconciliation(GetReconciliationRequest.getDefaultInstance()))
                            .getReconciliation()
                            .getOpenDifferences())
                    .isZero();
            assertThat(registry.get("exaone.ledger.differences").gauge().value())
                    .isZero();
            Awaitility.await()
                    .until(() -> quota.identity.events().values().stream()
                            .anyMatch(event -> event.getAction().equals("ledger.rebuild")));
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    @Test
    void onlyAdministratorsOfTheInstallationMayLookAndCorrect() {
        var reader = as("platform.ledger.read");
        assertThat(refusal(() -> reader.rebuildSums(rebuild("2026-03-31"))).category())
                .isEqualTo(ErrorCategory.PERMISSION_DENIED);
        var tenantAdmin = ReconciliationServiceGrpc.newBlockingStub(
                quota.person(caller.tenant, "usage.read", "limit.write", "tenant.write"));
        assertThat(refusal(() -> tenantAdmin.getReconciliation(GetReconciliationRequest.getDefaultInstance()))
                        .category())
                .isEqualTo(ErrorCategory.PERMISSION_DENIED);
        assertThat(refusal(() -> tenantAdmin.listDifferences(ListDifferencesRequest.getDefaultInstance()))
                        .category())
                .isEqualTo(ErrorCategory.PERMISSION_DENIED);
        assertThat(refusal(() -> as("platform.ledger.write").rebuildSums(rebuild("2026-02-30")))
                        .category())
                .isEqualTo(ErrorCategory.INVALID_ARGUMENT);
    }

    private RebuildSumsRequest rebuild(String day) {
        return RebuildSumsRequest.newBuilder()
                .setTenantId(caller.tenant)
                .setDay(day)
                .build();
    }

    private ReconciliationServiceBlockingStub as(String... permissions) {
        return ReconciliationServiceGrpc.newBlockingStub(quota.administrator(permissions));
    }
}
