package ai.exaone.quota;

import static ai.exaone.quota.RunningQuota.IDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.quota.internal.v1.AdmissionServiceGrpc;
import ai.exaone.proto.quota.internal.v1.AdmitRequest;
import ai.exaone.proto.quota.internal.v1.AdmitResponse;
import ai.exaone.proto.quota.internal.v1.AppendUsageRequest;
import ai.exaone.proto.quota.internal.v1.CallerIdentity;
import ai.exaone.proto.quota.internal.v1.GetWatermarkRequest;
import ai.exaone.proto.quota.internal.v1.LedgerServiceGrpc;
import ai.exaone.proto.quota.internal.v1.SettleRequest;
import ai.exaone.proto.quota.internal.v1.SpoolPosition;
import ai.exaone.proto.quota.internal.v1.TokenUsage;
import ai.exaone.proto.quota.v1.CreateLimitRequest;
import ai.exaone.proto.quota.v1.CreatePriceRequest;
import ai.exaone.proto.quota.v1.DeleteLimitRequest;
import ai.exaone.proto.quota.v1.GetLimitRequest;
import ai.exaone.proto.quota.v1.GetUsageRecordRequest;
import ai.exaone.proto.quota.v1.Limit;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.proto.quota.v1.LimitServiceGrpc;
import ai.exaone.proto.quota.v1.ListLimitsRequest;
import ai.exaone.proto.quota.v1.ListPricesRequest;
import ai.exaone.proto.quota.v1.ListUsageRecordsRequest;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.Price;
import ai.exaone.proto.quota.v1.PriceServiceGrpc;
import ai.exaone.proto.quota.v1.QueryUsageRequest;
import ai.exaone.proto.quota.v1.QueryUsageResponse;
import ai.exaone.proto.quota.v1.UpdateLimitRequest;
import ai.exaone.proto.quota.v1.UsageDimension;
import ai.exaone.proto.quota.v1.UsageInterval;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.proto.quota.v1.UsageServiceGrpc;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service over gRPC, with all interceptors, as gateways and callers see it. */
@EveryEngine(migrated = "quota")
class QuotaEndpointsTest {
    private static final String MODEL = "exaone-4.0-32b";

    @AutoClose
    private final RunningQuota quota;

    private final String tenant = IDS.next("tnt");
    private final String project = IDS.next("prj");
    private final String key = IDS.next("key");

    QuotaEndpointsTest(TestDatabase database, @TempDir Path folder) throws Exception {
        quota = new RunningQuota(database, folder);
    }

    @Test
    void aTenantAdminSetsLimitsBelowTheTenantOnly() {
        PlatformException refusal =
                refusal(() -> create(limits("limit.write"), limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 5), ""));
        assertThat(refusal.category()).isEqualTo(ErrorCategory.PERMISSION_DENIED);
        assertThat(refusal.metadata()).containsEntry("permission", "platform.limit.write");
        Limit below = create(
                limits("limit.write"),
                limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 5).toBuilder()
                        .setProjectId(project)
                        .build(),
                "");
        assertThat(below.getLimitId()).startsWith("lim_");
        assertThat(below.getUpdatedBy()).isEqualTo("usr_1");
        Limit whole = create(admin(), limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 5), "");
        PlatformException change = refusal(() -> update(limits("limit.write"), whole, 9));
        assertThat(change.category()).isEqualTo(ErrorCategory.PERMISSION_DENIED);
    }

    @Test
    void aLimitIsCreatedOnceAndChangedAndRemoved() {
        Limit wanted = limit(LimitKind.LIMIT_KIND_TOKENS_PER_DAY, 1_000);
        Limit created = create(admin(), wanted, "once");
        assertThat(create(admin(), wanted, "once")).isEqualTo(created);
        assertThat(refusal(() -> create(admin(), wanted, "")).category()).isEqualTo(ErrorCategory.ALREADY_EXISTS);
        assertThat(refusal(() -> create(admin(), wanted.toBuilder().setValue(7).build(), "once"))
                        .reason()
                        .name())
                .isEqualTo("REQUEST_ID_REUSED");
        assertThat(created.hasResetTime()).isTrue();
        assertThat(update(admin(), created, 0).getValue()).isZero();
        assertThat(get(admin(), created.getLimitId()).getValue()).isZero();
        RpcErrors.call(() -> admin().deleteLimit(DeleteLimitRequest.newBuilder()
                .setTenantId(tenant)
                .setLimitId(created.getLimitId())
                .build()));
        assertThat(refusal(() -> get(admin(), created.getLimitId())).category()).isEqualTo(ErrorCategory.NOT_FOUND);
    }

    @Test
    void anotherTenantsLimitDoesNotExist() {
        Limit created = create(admin(), limit(LimitKind.LIMIT_KIND_TOKENS_PER_DAY, 1_000), "");
        var stranger = LimitServiceGrpc.newBlockingStub(quota.person(IDS.next("tnt"), "limit.read"));
        assertThat(refusal(() -> get(stranger, created.getLimitId())).category()).isEqualTo(ErrorCategory.NOT_FOUND);
    }

    @Test
    void limitsAreListedByPagesTheTenantsFirst() {
        Limit ofKey = create(
                admin(),
                limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1).toBuilder()
                        .setProjectId(project)
                        .setKeyId(key)
                        .build(),
                "");
        Limit ofProject = create(
                admin(),
                limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1).toBuilder()
                        .setProjectId(project)
                        .setModel(MODEL)
                        .build(),
                "");
        Limit ofTenant = create(admin(), limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1), "");
        var first = list(ListLimitsRequest.newBuilder().setTenantId(tenant).setPageSize(2));
        assertThat(first.getLimitsList()).containsExactly(ofTenant, ofProject);
        var second = list(ListLimitsRequest.newBuilder()
                .setTenantId(tenant)
                .setPageSize(2)
                .setPageToken(first.getNextPageToken()));
        assertThat(second.getLimitsList()).containsExactly(ofKey);
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(refusal(() -> list(ListLimitsRequest.newBuilder().setTenantId(tenant).setPageToken("AAAA")))
                        .category())
                .isEqualTo(ErrorCategory.INVALID_ARGUMENT);
    }

    @Test
    void aKeySeesItsOwnProjectOnly() {
        Limit own = create(
                admin(),
                limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1).toBuilder()
                        .setProjectId(project)
                        .build(),
                "");
        Limit other = create(
                admin(),
                limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1).toBuilder()
                        .setProjectId(IDS.next("prj"))
                        .build(),
                "");
        var keyed = LimitServiceGrpc.newBlockingStub(quota.key(tenant, project, "limit.read"));
        assertThat(keyed.listLimits(
                                ListLimitsRequest.newBuilder().setTenantId(tenant).build())
                        .getLimitsList())
                .containsExactly(own);
        assertThat(refusal(() -> get(keyed, other.getLimitId())).category()).isEqualTo(ErrorCategory.NOT_FOUND);
    }

    @Test
    void aRequestIsAdmittedSettledRecordedAndReported() {
        Price price = price(10, 1, 30);
        create(admin(), limit(LimitKind.LIMIT_KIND_CONCURRENT_REQUESTS, 1), "");
        String request = IDS.next("req");
        AdmitResponse admitted = admit(request);
        assertThat(admitted.getAdmitted().getPriceId()).isEqualTo(price.getPriceId());
        String second = IDS.next("req");
        AdmitResponse refused = admit(second);
        assertThat(refused.getRefused().getReason()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(refused.getRefused().getLimit().getUsed()).isEqualTo(1);
        assertThat(refused.getRefused().getRetryAfter().getSeconds()).isEqualTo(1);
        long amount = RpcErrors.call(() -> AdmissionServiceGrpc.newBlockingStub(quota.gateway())
                        .settle(SettleRequest.newBuilder()
                                .setTenantId(tenant)
                                .setRequestId(request)
                                .setUsage(TokenUsage.newBuilder()
                                        .setInputTokens(8)
                                        .setCachedInputTokens(3)
                                        .setOutputTokens(2))
                                .build()))
                .getAmountMicros();
        assertThat(amount).isEqualTo(5 * 10 + 3 + 2 * 30);
        Instant start = Instant.parse("2026-03-31T14:59:59Z");
        append(
                call(request, start).setCachedInputTokens(3).build(),
                call(second, start.plusSeconds(2))
                        .setOutcome(Outcome.OUTCOME_REFUSED)
                        .setReason("QUOTA_EXCEEDED")
                        .setDetail("x".repeat(5_000))
                        .build());
        UsageRecord record = RpcErrors.call(() -> usage().getUsageRecord(GetUsageRecordRequest.newBuilder()
                        .setTenantId(tenant)
                        .setRequestId(request)
                        .build()))
                .getUsageRecord();
        assertThat(record.getAmountMicros()).isEqualTo(amount);
        assertThat(record.getPriceId()).isEqualTo(price.getPriceId());
        var newest = RpcErrors.call(() -> usage().listUsageRecords(ListUsageRecordsRequest.newBuilder()
                .setTenantId(tenant)
                .setPageSize(1)
                .build()));
        assertThat(newest.getUsageRecords(0).getRequestId()).isEqualTo(second);
        var next = RpcErrors.call(() -> usage().listUsageRecords(ListUsageRecordsRequest.newBuilder()
                .setTenantId(tenant)
                .setPageToken(newest.getNextPageToken())
                .build()));
        assertThat(next.getUsageRecordsList()).containsExactly(record);
        QueryUsageResponse report = RpcErrors.call(() -> usage().queryUsage(QueryUsageRequest.newBuilder()
                .setTenantId(tenant)
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
        assertThat(report.getTotal().getAmountMicros()).isEqualTo(amount);
    }

    @Test
    void internalMethodsAreTheGatewaysAlone() {
        var person = LedgerServiceGrpc.newBlockingStub(quota.person(tenant));
        assertThat(RpcErrors.call(() -> person.getWatermark(
                                GetWatermarkRequest.newBuilder().setGatewayId("g").build()))
                        .getWatermark())
                .isEqualTo(SpoolPosition.getDefaultInstance());
        assertThat(refusal(() -> prices("price.write").createPrice(createPrice(1, 1, 1)))
                        .category())
                .isEqualTo(ErrorCategory.PERMISSION_DENIED);
    }

    @Test
    void pricesAreListedTheNewestFirstAndOneIsCurrent() {
        Price first = price(1, 1, 1);
        Price second = price(2, 2, 2);
        Price later = RpcErrors.call(() -> prices("platform.price.write")
                        .createPrice(CreatePriceRequest.newBuilder()
                                .setPrice(createPrice(3, 3, 3).getPrice().toBuilder()
                                        .setEffectiveTime(wire(Instant.now().plusSeconds(3_600))))
                                .build()))
                .getPrice();
        List<Price> listed = RpcErrors.call(() -> prices().listPrices(
                        ListPricesRequest.newBuilder().setModel(MODEL).build()))
                .getPricesList();
        assertThat(listed)
                .extracting(Price::getPriceId)
                .containsExactly(later.getPriceId(), second.getPriceId(), first.getPriceId());
        assertThat(listed).extracting(Price::getCurrent).containsExactly(false, true, false);
        assertThat(refusal(() -> prices("platform.price.write")
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
        Limit created = create(admin(), limit(LimitKind.LIMIT_KIND_TOKENS_PER_DAY, 1_000), "");
        update(admin(), created, 5);
        price(1, 1, 1);
        Awaitility.await().until(() -> quota.identity.events().size() == 3);
        assertThat(quota.identity.events().values())
                .extracting(event -> event.getAction() + " " + event.getTenantId() + " " + event.getActor())
                .containsExactlyInAnyOrder(
                        "limit.create " + tenant + " usr_1",
                        "limit.update " + tenant + " usr_1",
                        "price.create  usr_1");
    }

    private LimitServiceGrpc.LimitServiceBlockingStub limits(String... permissions) {
        return LimitServiceGrpc.newBlockingStub(quota.person(tenant, permissions));
    }

    private LimitServiceGrpc.LimitServiceBlockingStub admin() {
        return limits("limit.read", "limit.write", "platform.limit.write");
    }

    private PriceServiceGrpc.PriceServiceBlockingStub prices(String... permissions) {
        return PriceServiceGrpc.newBlockingStub(quota.person(tenant, permissions));
    }

    private UsageServiceGrpc.UsageServiceBlockingStub usage() {
        return UsageServiceGrpc.newBlockingStub(quota.person(tenant, "usage.read"));
    }

    private Limit create(LimitServiceGrpc.LimitServiceBlockingStub caller, Limit limit, String requestId) {
        return RpcErrors.call(() -> caller.createLimit(CreateLimitRequest.newBuilder()
                        .setTenantId(tenant)
                        .setLimit(limit)
                        .setRequestId(requestId)
                        .build()))
                .getLimit();
    }

    private Limit get(LimitServiceGrpc.LimitServiceBlockingStub caller, String limitId) {
        return RpcErrors.call(() -> caller.getLimit(GetLimitRequest.newBuilder()
                        .setTenantId(tenant)
                        .setLimitId(limitId)
                        .build()))
                .getLimit();
    }

    private Limit update(LimitServiceGrpc.LimitServiceBlockingStub caller, Limit limit, long value) {
        return RpcErrors.call(() -> caller.updateLimit(UpdateLimitRequest.newBuilder()
                        .setTenantId(tenant)
                        .setLimitId(limit.getLimitId())
                        .setLimit(Limit.newBuilder().setValue(value))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("value"))
                        .build()))
                .getLimit();
    }

    private ai.exaone.proto.quota.v1.ListLimitsResponse list(ListLimitsRequest.Builder request) {
        return RpcErrors.call(() -> admin().listLimits(request.build()));
    }

    private Price price(long input, long cached, long output) {
        return RpcErrors.call(() -> prices("platform.price.write").createPrice(createPrice(input, cached, output)))
                .getPrice();
    }

    private static CreatePriceRequest createPrice(long input, long cached, long output) {
        return CreatePriceRequest.newBuilder()
                .setPrice(Price.newBuilder()
                        .setModel(MODEL)
                        .setInputMicros(input)
                        .setCachedInputMicros(cached)
                        .setOutputMicros(output))
                .build();
    }

    private AdmitResponse admit(String requestId) {
        return RpcErrors.call(() -> AdmissionServiceGrpc.newBlockingStub(quota.gateway())
                .admit(AdmitRequest.newBuilder()
                        .setRequestId(requestId)
                        .setModel(MODEL)
                        .setInputTokens(100)
                        .setOutputTokens(100)
                        .setGatewayId("gateway-1")
                        .setCaller(CallerIdentity.newBuilder()
                                .setTenantId(tenant)
                                .setProjectId(project)
                                .setKeyId(key)
                                .setSubject(key))
                        .build()));
    }

    private void append(UsageRecord... calls) {
        var watermark = RpcErrors.call(() -> LedgerServiceGrpc.newBlockingStub(quota.gateway())
                        .appendUsage(AppendUsageRequest.newBuilder()
                                .setGatewayId("gateway-1")
                                .setFrom(SpoolPosition.getDefaultInstance())
                                .setTo(SpoolPosition.newBuilder().setSegment(1).setOffset(99))
                                .addAllUsageRecords(List.of(calls))
                                .build()))
                .getWatermark();
        assertThat(watermark.getOffset()).isEqualTo(99);
    }

    private UsageRecord.Builder call(String requestId, Instant start) {
        return UsageRecord.newBuilder()
                .setRequestId(requestId)
                .setTenantId(tenant)
                .setProjectId(project)
                .setKeyId(key)
                .setSubject(key)
                .setModel(MODEL)
                .setPath("/v1/chat/completions")
                .setStartTime(wire(start))
                .setInputTokens(8)
                .setOutputTokens(2)
                .setOutcome(Outcome.OUTCOME_COMPLETED)
                .setStatus(200);
    }

    private static Limit limit(LimitKind kind, long value) {
        return Limit.newBuilder().setKind(kind).setValue(value).build();
    }

    private static Timestamp wire(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static PlatformException refusal(Supplier<?> call) {
        return catchThrowableOfType(PlatformException.class, () -> RpcErrors.call(call));
    }
}
