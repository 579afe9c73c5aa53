package ai.exaone.quota;

import static ai.exaone.quota.RunningQuota.IDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.quota.internal.v1.AdmissionServiceGrpc;
import ai.exaone.proto.quota.internal.v1.AdmitRequest;
import ai.exaone.proto.quota.internal.v1.AdmitResponse;
import ai.exaone.proto.quota.internal.v1.AppendUsageRequest;
import ai.exaone.proto.quota.internal.v1.CallerIdentity;
import ai.exaone.proto.quota.internal.v1.LedgerServiceGrpc;
import ai.exaone.proto.quota.internal.v1.SpoolPosition;
import ai.exaone.proto.quota.v1.CreateLimitRequest;
import ai.exaone.proto.quota.v1.CreatePriceRequest;
import ai.exaone.proto.quota.v1.GetLimitRequest;
import ai.exaone.proto.quota.v1.GetUsageRecordRequest;
import ai.exaone.proto.quota.v1.Limit;
import ai.exaone.proto.quota.v1.LimitEnforcement;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.proto.quota.v1.LimitServiceGrpc;
import ai.exaone.proto.quota.v1.ListLimitsRequest;
import ai.exaone.proto.quota.v1.ListUsageRecordsRequest;
import ai.exaone.proto.quota.v1.ListUsageRecordsResponse;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.Price;
import ai.exaone.proto.quota.v1.PriceServiceGrpc;
import ai.exaone.proto.quota.v1.RaiseLimitRequest;
import ai.exaone.proto.quota.v1.UpdateLimitRequest;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.proto.quota.v1.UsageServiceGrpc;
import ai.exaone.rpc.RpcErrors;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One tenant's calls of a running quota. Failures of calls are {@link PlatformException}s. */
final class QuotaCaller {
    static final String MODEL = "exaone-4.0-32b";

    private final RunningQuota quota;
    final String tenant = IDS.next("tnt");
    final String project = IDS.next("prj");
    final String key = IDS.next("key");

    QuotaCaller(RunningQuota quota) {
        this.quota = quota;
    }

    LimitServiceGrpc.LimitServiceBlockingStub limits(String... permissions) {
        return LimitServiceGrpc.newBlockingStub(quota.person(tenant, permissions));
    }

    LimitServiceGrpc.LimitServiceBlockingStub admin() {
        return limits("limit.read", "limit.write", "platform.limit.write");
    }

    PriceServiceGrpc.PriceServiceBlockingStub prices(String... permissions) {
        return PriceServiceGrpc.newBlockingStub(quota.person(tenant, permissions));
    }

    UsageServiceGrpc.UsageServiceBlockingStub usage() {
        return UsageServiceGrpc.newBlockingStub(quota.person(tenant, "usage.read"));
    }

    UsageRecord usageRecord(UsageServiceGrpc.UsageServiceBlockingStub reader, String requestId) {
        return RpcErrors.call(() -> reader.getUsageRecord(GetUsageRecordRequest.newBuilder()
                        .setTenantId(tenant)
                        .setRequestId(requestId)
                        .build()))
                .getUsageRecord();
    }

    ListUsageRecordsResponse usageRecords(
            UsageServiceGrpc.UsageServiceBlockingStub reader, int pageSize, String pageToken) {
        return RpcErrors.call(() -> reader.listUsageRecords(ListUsageRecordsRequest.newBuilder()
                .setTenantId(tenant)
                .setPageSize(pageSize)
                .setPageToken(pageToken)
                .build()));
    }

    Limit create(LimitServiceGrpc.LimitServiceBlockingStub caller, Limit limit, String requestId) {
        return RpcErrors.call(() -> caller.createLimit(CreateLimitRequest.newBuilder()
                        .setTenantId(tenant)
                        .setLimit(limit)
                        .setRequestId(requestId)
                        .build()))
                .getLimit();
    }

    Limit get(LimitServiceGrpc.LimitServiceBlockingStub caller, String limitId) {
        return RpcErrors.call(() -> caller.getLimit(GetLimitRequest.newBuilder()
                        .setTenantId(tenant)
                        .setLimitId(limitId)
                        .build()))
                .getLimit();
    }

    Limit update(LimitServiceGrpc.LimitServiceBlockingStub caller, Limit limit, long value) {
        return RpcErrors.call(() -> caller.updateLimit(UpdateLimitRequest.newBuilder()
                        .setTenantId(tenant)
                        .setLimitId(limit.getLimitId())
                        .setLimit(Limit.newBuilder().setValue(value))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("value"))
                        .build()))
                .getLimit();
    }

    /** Makes a limit refuse that was in shadow. */
    Limit enforce(LimitServiceGrpc.LimitServiceBlockingStub caller, Limit limit) {
        return RpcErrors.call(() -> caller.updateLimit(UpdateLimitRequest.newBuilder()
                        .setTenantId(tenant)
                        .setLimitId(limit.getLimitId())
                        .setLimit(Limit.newBuilder().setEnforcement(LimitEnforcement.LIMIT_ENFORCEMENT_ENFORCED))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("enforcement"))
                        .build()))
                .getLimit();
    }

    Limit raise(LimitServiceGrpc.LimitServiceBlockingStub caller, Limit limit, long value, Instant until) {
        return RpcErrors.call(() -> caller.raiseLimit(RaiseLimitRequest.newBuilder()
                        .setTenantId(tenant)
                        .setLimitId(limit.getLimitId())
                        .setValue(value)
                        .setUntil(wire(until))
                        .setReason("출시 주간")
                        .build()))
                .getLimit();
    }

    ai.exaone.proto.quota.v1.ListLimitsResponse list(ListLimitsRequest.Builder request) {
        return RpcErrors.call(() -> admin().listLimits(request.build()));
    }

    Price price(long input, long cached, long output) {
        return RpcErrors.call(() -> prices("platform.price.write").createPrice(createPrice(input, cached, output)))
                .getPrice();
    }

    static CreatePriceRequest createPrice(long input, long cached, long output) {
        return CreatePriceRequest.newBuilder()
                .setPrice(Price.newBuilder()
                        .setModel(MODEL)
                        .setInputMicros(input)
                        .setCachedInputMicros(cached)
                        .setOutputMicros(output))
                .build();
    }

    AdmitResponse admit(String requestId) {
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

    void append(UsageRecord... calls) {
        var watermark = RpcErrors.call(() -> LedgerServiceGrpc.newBlockingStub(quota.gateway())
                        .appendUsage(AppendUsageRequest.newBuilder()
                                .setGatewayId("gateway-1")
                                .setFrom(SpoolPosition.getDefaultInstance())
                                .setTo(SpoolPosition.newBuilder().setSegment(1).setOffset(99))
                                .addAllUsageRecords(Stream.of(calls)
                                        .map(UsageRecord::toByteString)
                                        .toList())
                                .build()))
                .getWatermark();
        assertThat(watermark.getOffset()).isEqualTo(99);
    }

    UsageRecord.Builder call(String requestId, Instant start) {
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

    static Limit limit(LimitKind kind, long value) {
        return Limit.newBuilder().setKind(kind).setValue(value).build();
    }

    static Timestamp wire(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    static PlatformException refusal(Supplier<?> call) {
        return catchThrowableOfType(PlatformException.class, () -> RpcErrors.call(call));
    }
}
