package ai.exaone.quota;

import static ai.exaone.quota.QuotaCaller.limit;
import static ai.exaone.quota.QuotaCaller.refusal;
import static ai.exaone.quota.RunningQuota.IDS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.quota.v1.DeleteLimitRequest;
import ai.exaone.proto.quota.v1.Limit;
import ai.exaone.proto.quota.v1.LimitEnforcement;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.proto.quota.v1.LimitServiceGrpc;
import ai.exaone.proto.quota.v1.ListLimitsRequest;
import ai.exaone.proto.quota.v1.LowerLimitRequest;
import ai.exaone.proto.quota.v1.ShadowDay;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits over gRPC, with all interceptors. */
@EveryEngine(migrated = "quota")
class LimitEndpointTest {
    @AutoClose
    private final RunningQuota quota;

    private final QuotaCaller caller;

    LimitEndpointTest(TestDatabase database, @TempDir Path folder) throws Exception {
        quota = new RunningQuota(database, folder);
        caller = new QuotaCaller(quota);
    }

    @Test
    void aTenantAdminSetsLimitsBelowTheTenantOnly() {
        PlatformException refusal = refusal(() ->
                caller.create(caller.limits("limit.write"), limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 5), ""));
        assertThat(refusal.category()).isEqualTo(ErrorCategory.PERMISSION_DENIED);
        assertThat(refusal.metadata()).containsEntry("permission", "platform.limit.write");
        Limit below = caller.create(
                caller.limits("limit.write"),
                limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 5).toBuilder()
                        .setProjectId(caller.project)
                        .build(),
                "");
        assertThat(below.getLimitId()).startsWith("lim_");
        assertThat(below.getUpdatedBy()).isEqualTo("usr_1");
        Limit whole = caller.create(caller.admin(), limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 5), "");
        PlatformException change = refusal(() -> caller.update(caller.limits("limit.write"), whole, 9));
        assertThat(change.category()).isEqualTo(ErrorCategory.PERMISSION_DENIED);
    }

    @Test
    void aLimitIsCreatedOnceAndChangedAndRemoved() {
        Limit wanted = limit(LimitKind.LIMIT_KIND_TOKENS_PER_DAY, 1_000);
        Limit created = caller.create(caller.admin(), wanted, "once");
        // Its day may end in between.
        assertThat(withoutReset(caller.create(caller.admin(), wanted, "once"))).isEqualTo(withoutReset(created));
        assertThat(refusal(() -> caller.create(caller.admin(), wanted, "")).category())
                .isEqualTo(ErrorCategory.ALREADY_EXISTS);
        assertThat(refusal(() -> caller.create(
                                caller.admin(), wanted.toBuilder().setValue(7).build(), "once"))
                        .reason()
                        .name())
                .isEqualTo("REQUEST_ID_REUSED");
        assertThat(created.hasResetTime()).isTrue();
        assertThat(caller.update(caller.admin(), created, 0).getValue()).isZero();
        assertThat(caller.get(caller.admin(), created.getLimitId()).getValue()).isZero();
        RpcErrors.call(() -> caller.admin()
                .deleteLimit(DeleteLimitRequest.newBuilder()
                        .setTenantId(caller.tenant)
                        .setLimitId(created.getLimitId())
                        .build()));
        assertThat(refusal(() -> caller.get(caller.admin(), created.getLimitId()))
                        .category())
                .isEqualTo(ErrorCategory.NOT_FOUND);
    }

    @Test
    void aLimitIsRaisedForATimeAndEveryReaderSeesByWhomAndWhy() {
        Limit limit = caller.create(caller.admin(), limit(LimitKind.LIMIT_KIND_TOKENS_PER_DAY, 1_000), "");
        assertThat(limit.getCurrentValue()).isEqualTo(1_000);
        assertThat(limit.hasRaise()).isFalse();
        Instant until = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.MICROS);
        Limit raised = caller.raise(caller.admin(), limit, 5_000, until);
        assertThat(raised.getValue()).isEqualTo(1_000);
        assertThat(raised.getCurrentValue()).isEqualTo(5_000);
        assertThat(raised.getRaise().getUntil()).isEqualTo(QuotaCaller.wire(until));
        assertThat(raised.getRaise().getRaisedBy()).isEqualTo("usr_1");
        assertThat(raised.getRaise().getReason()).isEqualTo("출시 주간");
        assertThat(caller.get(caller.limits("limit.read"), limit.getLimitId())).isEqualTo(raised);
        assertThat(refusal(() -> caller.raise(caller.limits("limit.write"), limit, 6_000, until))
                        .category())
                .isEqualTo(ErrorCategory.PERMISSION_DENIED);
        assertThat(refusal(() -> caller.raise(caller.admin(), limit, 1_000, until))
                        .category())
                .isEqualTo(ErrorCategory.INVALID_ARGUMENT);
        Limit lowered = RpcErrors.call(() -> caller.admin()
                        .lowerLimit(LowerLimitRequest.newBuilder()
                                .setTenantId(caller.tenant)
                                .setLimitId(limit.getLimitId())
                                .build()))
                .getLimit();
        assertThat(lowered).isEqualTo(limit);
    }

    @Test
    void aLimitInShadowStandsBesideOneInForceAndTellsWhatItWouldHaveRefused() {
        Limit force = caller.create(caller.admin(), limit(LimitKind.LIMIT_KIND_TOKENS_PER_DAY, 1_000), "");
        assertThat(force.getEnforcement()).isEqualTo(LimitEnforcement.LIMIT_ENFORCEMENT_ENFORCED);
        Limit shadow = caller.create(
                caller.admin(),
                limit(LimitKind.LIMIT_KIND_TOKENS_PER_DAY, 5).toBuilder()
                        .setEnforcement(LimitEnforcement.LIMIT_ENFORCEMENT_SHADOW)
                        .build(),
                "");
        String requestId = IDS.next("req");
        assertThat(caller.admit(requestId).hasAdmitted()).isTrue();
        caller.append(caller.call(requestId, Instant.now()).build());
        List<ShadowDay> refused =
                caller.get(caller.admin(), shadow.getLimitId()).getWouldHaveRefusedList();
        assertThat(refused).hasSize(1);
        assertThat(refused.getFirst().getRequests()).isEqualTo(1);
        assertThat(caller.list(ListLimitsRequest.newBuilder().setTenantId(caller.tenant))
                        .getLimitsList())
                .anySatisfy(
                        listed -> assertThat(listed.getWouldHaveRefusedList()).isEqualTo(refused));
        assertThat(refusal(() -> caller.enforce(caller.admin(), shadow)).category())
                .isEqualTo(ErrorCategory.ALREADY_EXISTS);
        RpcErrors.call(() -> caller.admin()
                .deleteLimit(DeleteLimitRequest.newBuilder()
                        .setTenantId(caller.tenant)
                        .setLimitId(force.getLimitId())
                        .build()));
        Limit enforced = caller.enforce(caller.admin(), shadow);
        assertThat(enforced.getValue()).isEqualTo(5);
        assertThat(caller.admit(IDS.next("req")).getRefused().getLimit().getLimitId())
                .isEqualTo(shadow.getLimitId());
    }

    @Test
    void severalModelsShareALimit() {
        Limit two = limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 5).toBuilder()
                .addAllModels(List.of("b", "a"))
                .build();
        Limit created = caller.create(caller.admin(), two, "");
        assertThat(created.getModelsList()).containsExactly("a", "b");
        assertThat(created.getModel()).isEmpty();
        assertThat(caller.get(caller.admin(), created.getLimitId())).isEqualTo(created);
        Limit again =
                two.toBuilder().clearModels().addAllModels(List.of("a", "b")).build();
        assertThat(refusal(() -> caller.create(caller.admin(), again, "")).category())
                .isEqualTo(ErrorCategory.ALREADY_EXISTS);
        Limit three = two.toBuilder().addModels("c").build();
        assertThat(caller.create(caller.admin(), three, "").getModelsCount()).isEqualTo(3);
        Limit one = two.toBuilder().clearModels().addModels("a").build();
        assertThat(caller.create(caller.admin(), one, "").getModel()).isEqualTo("a");
        for (Limit bad : List.of(
                two.toBuilder().setModel("a").build(),
                two.toBuilder().addModels(" c").build())) {
            assertThat(refusal(() -> caller.create(caller.admin(), bad, "")).category())
                    .isEqualTo(ErrorCategory.INVALID_ARGUMENT);
        }
    }

    @Test
    void aLimitIsOnAnAgentOfAProject() {
        Limit onAgent = limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 5).toBuilder()
                .setProjectId(caller.project)
                .setAgentId(IDS.next("agt"))
                .build();
        Limit created = caller.create(caller.limits("limit.write"), onAgent, "");
        assertThat(created.getAgentId()).isEqualTo(onAgent.getAgentId());
        assertThat(caller.get(caller.admin(), created.getLimitId())).isEqualTo(created);
        Limit onProject =
                caller.create(caller.admin(), onAgent.toBuilder().clearAgentId().build(), "");
        assertThat(caller.list(ListLimitsRequest.newBuilder().setTenantId(caller.tenant))
                        .getLimitsList())
                .containsExactly(onProject, created);
        for (Limit bad : List.of(
                onAgent.toBuilder().clearProjectId().build(),
                onAgent.toBuilder().setKeyId(caller.key).build())) {
            assertThat(refusal(() -> caller.create(caller.admin(), bad, "")).category())
                    .isEqualTo(ErrorCategory.INVALID_ARGUMENT);
        }
    }

    @Test
    void anotherTenantsLimitDoesNotExist() {
        Limit created = caller.create(caller.admin(), limit(LimitKind.LIMIT_KIND_TOKENS_PER_DAY, 1_000), "");
        var stranger = LimitServiceGrpc.newBlockingStub(quota.person(IDS.next("tnt"), "limit.read"));
        assertThat(refusal(() -> caller.get(stranger, created.getLimitId())).category())
                .isEqualTo(ErrorCategory.NOT_FOUND);
    }

    @Test
    void limitsAreListedByPagesTheTenantsFirst() {
        Limit ofKey = caller.create(
                caller.admin(),
                limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1).toBuilder()
                        .setProjectId(caller.project)
                        .setKeyId(caller.key)
                        .build(),
                "");
        Limit ofProject = caller.create(
                caller.admin(),
                limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1).toBuilder()
                        .setProjectId(caller.project)
                        .setModel(QuotaCaller.MODEL)
                        .build(),
                "");
        Limit ofTenant = caller.create(caller.admin(), limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1), "");
        var first = caller.list(
                ListLimitsRequest.newBuilder().setTenantId(caller.tenant).setPageSize(2));
        assertThat(first.getLimitsList()).containsExactly(ofTenant, ofProject);
        var second = caller.list(ListLimitsRequest.newBuilder()
                .setTenantId(caller.tenant)
                .setPageSize(2)
                .setPageToken(first.getNextPageToken()));
        assertThat(second.getLimitsList()).containsExactly(ofKey);
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(refusal(() -> caller.list(ListLimitsRequest.newBuilder()
                                .setTenantId(caller.tenant)
                                .setPageToken("AAAA")))
                        .category())
                .isEqualTo(ErrorCategory.INVALID_ARGUMENT);
    }

    @Test
    void aKeySeesItsOwnProjectOnly() {
        Limit own = caller.create(
                caller.admin(),
                limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1).toBuilder()
                        .setProjectId(caller.project)
                        .build(),
                "");
        Limit other = caller.create(
                caller.admin(),
                limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1).toBuilder()
                        .setProjectId(IDS.next("prj"))
                        .build(),
                "");
        var keyed = LimitServiceGrpc.newBlockingStub(quota.key(caller.tenant, caller.project, "limit.read"));
        assertThat(keyed.listLimits(ListLimitsRequest.newBuilder()
                                .setTenantId(caller.tenant)
                                .build())
                        .getLimitsList())
                .containsExactly(own);
        assertThat(refusal(() -> caller.get(keyed, other.getLimitId())).category())
                .isEqualTo(ErrorCategory.NOT_FOUND);
    }

    private static Limit withoutReset(Limit limit) {
        return limit.toBuilder().clearResetTime().build();
    }
}
