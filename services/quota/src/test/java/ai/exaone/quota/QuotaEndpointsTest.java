package ai.exaone.quota;

import static ai.exaone.quota.QuotaCaller.createPrice;
import static ai.exaone.quota.QuotaCaller.limit;
import static ai.exaone.quota.QuotaCaller.refusal;
import static ai.exaone.quota.QuotaCaller.wire;
import static ai.exaone.quota.RunningQuota.IDS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.proto.quota.internal.v1.AdmissionServiceGrpc;
import ai.exaone.proto.quota.internal.v1.GetWatermarkRequest;
import ai.exaone.proto.quota.internal.v1.LedgerServiceGrpc;
import ai.exaone.proto.quota.internal.v1.Refused;
import ai.exaone.proto.quota.internal.v1.SettleRequest;
import ai.exaone.proto.quota.internal.v1.SpoolPosition;
import ai.exaone.proto.quota.internal.v1.TokenUsage;
import ai.exaone.proto.quota.v1.CreatePriceRequest;
import ai.exaone.proto.quota.v1.Limit;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.proto.quota.v1.ListPricesRequest;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.Price;
import ai.exaone.proto.quota.v1.QueryUsageRequest;
import ai.exaone.proto.quota.v1.QueryUsageResponse;
import ai.exaone.proto.quota.v1.UsageDimension;
import ai.exaone.proto.quota.v1.UsageInterval;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.proto.quota.v1.UsageServiceGrpc;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service over gRPC, with all interceptors, as gateways and callers see it. */
@EveryEngine(migrated = "quota")
class QuotaEndpointsTest {
    @AutoClose
    private final RunningQuota quota;

    private final QuotaCaller caller;

    QuotaEndpointsTest(TestDatabase database, @TempDir Path folder) throws Exception {
        quota = new RunningQuota(database, folder);
        caller = new QuotaCaller(quota);
    }

    @Test
    void aRequestIsAdmittedAndSettledAndTheNextIsRefused() {
        Price price = caller.price(10, 1, 30);
        caller.create(caller.admin(), limit(LimitKind.LIMIT_KIND_CONCURRENT_REQUESTS, 1), "");
        String request = IDS.next("req");
        assertThat(caller.admit(request).getAdmitted().getPriceId()).isEqualTo(price.getPriceId());
        Refused refused = caller.admit(IDS.next("req")).getRefused();
        assertThat(refused.getReason()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(refused.getLimit().getUsed()).isEqualTo(1);
        assertThat(refused.getRetryAfter().getSeconds()).isEqualTo(1);
        SettleRequest settle = SettleRequest.newBuilder()
                .setTenantId(caller.tenant)
                .setRequestId(request)
                .setUsage(TokenUsage.newBuilder()
                        .setInputTokens(8)
                        .setCachedInputTokens(3)
                        .setOutputTokens(2))
                .build();
        var admission = AdmissionServiceGrpc.newBlockingStub(quota.gateway());
        assertThat(RpcErrors.call(() -> admission.settle(settle)).getAmountMicros())
                .isEqualTo(5 * 10 + 3 + 2 * 30);
        assertThat(caller.admit(IDS.next("req")).hasAdmitted()).isTrue();
        var tooMuch = settle.toBuilder()
                .setUsage(TokenUsage.newBuilder().setInputTokens(Long.MAX_VALUE))
                .build();
        assertThat(refusal(() -> admission.settle(tooMuch)).category()).isEqualTo(ErrorCategory.INVALID_ARGUMENT);
    }

    @Test
    void callsAreRecordedListedAndSummed() {
        Price price = caller.price(10, 1, 30);
        String answered = IDS.next("req");
        String refused = IDS.next("req");
        caller.admit(answered);
        Instant start = Instant.parse("2026-03-31T14:59:59Z");
        caller.append(
                caller.call(answered, start).build(),
                caller.call(refused, start.plusSeconds(2))
                        .setOutcome(Outcome.OUTCOME_REFUSED)
                        .setReason("QUOTA_EXCEEDED")
                        .setDetail("x".repeat(5_000))
                        .build());
        UsageRecord record = caller.usageRecord(caller.usage(), answered);
        assertThat(record.getAmountMicros()).isEqualTo(8 * 10 + 2 * 30);
        assertThat(record.getPriceId()).isEqualTo(price.getPriceId());
        var newest = caller.usageRecords(caller.usage(), 1, "");
        assertThat(newest.getUsageRecords(0).getRequestId()).isEqualTo(refused);
        var next = caller.usageRecords(caller.usage(), 1, newest.getNextPageToken());
        assertThat(next.getUsageRecordsList()).containsExactly(record);
        assertThat(next.getNextPageToken()).isEmpty();
        QueryUsageResponse report = RpcErrors.call(() -> caller.usage()
                .queryUsage(QueryUsageRequest.newBuilder()
                        .setTenantId(caller.tenant)
                        .setStartTime(wire(start.minusSeconds(60)))
                        .setEndTime(wire(start.plusSeconds(60)))
                        .setDimension(UsageDimension.USAGE_DIMENSION_OUTCOME)
                        .setInterval(UsageInterval.USAGE_INTERVAL_MONTH)
                        .build()));
        // The second call is after midnight in Seoul, and in the next month.
        assertThat(report.getSumsList())
                .extracting(sum -> sum.getGroup() + " " + sum.getStartTime().getSeconds())
                .containsExactly(
                        "COMPLETED " + Instant.parse("2026-02-28T15:00:00Z").getEpochSecond(),
                        "REFUSED " + Instant.parse("2026-03-31T15:00:00Z").getEpochSecond());
        assertThat(report.getTotal().getRequests()).isEqualTo(2);
        assertThat(report.getTotal().getRefusedRequests()).isEqualTo(1);
        assertThat(report.getTotal().getAmountMicros()).isEqualTo(record.getAmountMicros());
    }

    @Test
    void aKeySeesTheCallsOfItsOwnProjectOnly() {
        String request = IDS.next("req");
        caller.append(
                caller.call(request, Instant.parse("2026-03-31T14:59:59Z")).build());
        var own = UsageServiceGrpc.newBlockingStub(quota.key(caller.tenant, caller.project, "usage.read"));
        var other = UsageServiceGrpc.newBlockingStub(quota.key(caller.tenant, IDS.next("prj"), "usage.read"));
        assertThat(caller.usageRecord(own, request).getRequestId()).isEqualTo(request);
        assertThat(refusal(() -> caller.usageRecord(other, request)).category()).isEqualTo(ErrorCategory.NOT_FOUND);
        assertThat(caller.usageRecords(own, 0, "").getUsageRecordsCount()).isEqualTo(1);
        assertThat(caller.usageRecords(other, 0, "").getUsageRecordsCount()).isZero();
    }

    @Test
    void internalMethodsAreTheGatewaysAlone() {
        var request = GetWatermarkRequest.newBuilder().setGatewayId("g").build();
        var gateway = LedgerServiceGrpc.newBlockingStub(quota.gateway());
        var agents = LedgerServiceGrpc.newBlockingStub(quota.agents());
        assertThat(RpcErrors.call(() -> gateway.getWatermark(request)).getWatermark())
                .isEqualTo(SpoolPosition.getDefaultInstance());
        assertThat(refusal(() -> agents.getWatermark(request)).category()).isEqualTo(ErrorCategory.PERMISSION_DENIED);
    }

    @Test
    void pricesAreListedTheNewestFirstAndOneIsCurrent() {
        Price first = caller.price(1, 1, 1);
        Price second = caller.price(2, 2, 2);
        Price later = RpcErrors.call(() -> caller.prices("platform.price.write")
                        .createPrice(CreatePriceRequest.newBuilder()
                                .setPrice(createPrice(3, 3, 3).getPrice().toBuilder()
                                        .setEffectiveTime(wire(Instant.now().plusSeconds(3_600))))
                                .build()))
                .getPrice();
        List<Price> listed = RpcErrors.call(() -> caller.prices()
                        .listPrices(ListPricesRequest.newBuilder()
                                .setModel(QuotaCaller.MODEL)
                                .build()))
                .getPricesList();
        assertThat(listed)
                .extracting(Price::getPriceId)
                .containsExactly(later.getPriceId(), second.getPriceId(), first.getPriceId());
        assertThat(listed).extracting(Price::getCurrent).containsExactly(false, true, false);
        assertThat(refusal(() -> caller.prices("price.write").createPrice(createPrice(1, 1, 1)))
                        .category())
                .isEqualTo(ErrorCategory.PERMISSION_DENIED);
        assertThat(refusal(() -> caller.prices("platform.price.write")
                                .createPrice(CreatePriceRequest.newBuilder()
                                        .setPrice(createPrice(3, 3, 3).getPrice().toBuilder()
                                                .setEffectiveTime(wire(Instant.EPOCH)))
                                        .build()))
                        .reason()
                        .name())
                .isEqualTo("PRICE_IN_THE_PAST");
    }

    @Test
    void changesReachTheAuditLogAlthoughItWasAway() {
        quota.identity.refuse(3);
        Limit created = caller.create(caller.admin(), limit(LimitKind.LIMIT_KIND_TOKENS_PER_DAY, 1_000), "");
        caller.update(caller.admin(), created, 5);
        caller.price(1, 1, 1);
        Awaitility.await().until(() -> quota.identity.events().size() == 3);
        assertThat(quota.identity.events().values())
                .extracting(event -> event.getAction() + " " + event.getTenantId() + " " + event.getActor())
                .containsExactlyInAnyOrder(
                        "limit.create " + caller.tenant + " usr_1",
                        "limit.update " + caller.tenant + " usr_1",
                        "price.create  usr_1");
    }
}
