package ai.exaone.gateway.fakes;

import ai.exaone.proto.quota.internal.v1.AdmissionServiceGrpc;
import ai.exaone.proto.quota.internal.v1.AdmitRequest;
import ai.exaone.proto.quota.internal.v1.AdmitResponse;
import ai.exaone.proto.quota.internal.v1.Admitted;
import ai.exaone.proto.quota.internal.v1.AppendUsageRequest;
import ai.exaone.proto.quota.internal.v1.AppendUsageResponse;
import ai.exaone.proto.quota.internal.v1.ExchangeSlicesRequest;
import ai.exaone.proto.quota.internal.v1.ExchangeSlicesResponse;
import ai.exaone.proto.quota.internal.v1.GetWatermarkRequest;
import ai.exaone.proto.quota.internal.v1.GetWatermarkResponse;
import ai.exaone.proto.quota.internal.v1.LedgerServiceGrpc;
import ai.exaone.proto.quota.internal.v1.RateLimitState;
import ai.exaone.proto.quota.internal.v1.Refused;
import ai.exaone.proto.quota.internal.v1.SettleRequest;
import ai.exaone.proto.quota.internal.v1.SettleResponse;
import ai.exaone.proto.quota.internal.v1.SliceDemand;
import ai.exaone.proto.quota.internal.v1.SliceGrant;
import ai.exaone.proto.quota.internal.v1.SliceServiceGrpc;
import ai.exaone.proto.quota.internal.v1.SpoolPosition;
import ai.exaone.proto.quota.v1.Limit;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.rpc.watch.WatchServer;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Quota as far as the gateway sees it: one limit of requests, holds by request id, and a ledger with its watermark. The tenant has a
 * limit too of a kind that gateways do not know, so that every call is asked for; without it, calls are admitted by the gateway itself.
 */
public final class InMemoryQuota {
    private static final long LIMIT = 1_000;
    private static final long VAST = 1_000_000_000_000L;
    private static final Limit UNKNOWN = Limit.newBuilder()
            .setLimitId("lim_unknown")
            .setTenantId(TestIds.TENANT)
            .setKind(LimitKind.LIMIT_KIND_UNSPECIFIED)
            .setValue(LIMIT)
            .build();

    private final Map<String, AdmitRequest> holds = new LinkedHashMap<>();
    private final Map<String, SettleRequest> settled = new LinkedHashMap<>();
    private final Map<String, UsageRecord> ledger = new LinkedHashMap<>();
    private SpoolPosition watermark = SpoolPosition.getDefaultInstance();
    private long remaining = LIMIT;
    private LimitKind refusingKind = LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE;
    private boolean away;
    private Consumer<AdmitRequest> whenHeld = hold -> {};
    private Consumer<UsageRecord> whenRecorded = usage -> {};
    private volatile Consumer<SettleRequest> whenSettled = settlement -> {};
    private volatile long microsPerToken;
    private long retryAfterSeconds = 17;

    private final InMemoryLog limits = new InMemoryLog("limits");
    private final WatchServer watches = new WatchServer(List.of(limits, new InMemoryLog("prices")));
    private final Admission admission = new Admission();
    private final Ledger ledgerService = new Ledger();
    private final Slices slices = new Slices();
    private final Set<String> concurrency = ConcurrentHashMap.newKeySet();
    private int exchanges;
    private long running;

    public InMemoryQuota() {
        limits.put(UNKNOWN.getLimitId(), UNKNOWN);
    }

    /** Lifts the limit that only quota can decide about; returns when every gateway knows. */
    public void liftUnknown() {
        limits.delete(UNKNOWN.getLimitId());
        awaitAcknowledged();
    }

    /** Sets a limit that is so large that all that is asked for is granted; returns when every gateway knows. */
    public void limit(LimitKind kind, String projectId, String keyId) {
        String limitId = "lim_" + (limits.revision() + 1);
        if (kind == LimitKind.LIMIT_KIND_CONCURRENT_REQUESTS) {
            concurrency.add(limitId);
        }
        limits.put(
                limitId,
                Limit.newBuilder()
                        .setLimitId(limitId)
                        .setTenantId(TestIds.TENANT)
                        .setProjectId(projectId)
                        .setKeyId(keyId)
                        .setKind(kind)
                        .setValue(VAST)
                        .build());
        awaitAcknowledged();
    }

    /** All that it serves. */
    public List<BindableService> services() {
        return List.of(admission, ledgerService, slices, watches);
    }

    Admission admission() {
        return admission;
    }

    Ledger ledgerService() {
        return ledgerService;
    }

    Slices slices() {
        return slices;
    }

    WatchServer watches() {
        return watches;
    }

    /** How many exchanges of slices there were. */
    public synchronized int exchanges() {
        return exchanges;
    }

    /** How many requests run by what the gateway said last, each as often as there are limits on concurrency above it. */
    public synchronized long running() {
        return running;
    }

    private void awaitAcknowledged() {
        Acknowledgements.await(watches, "limits", limits.revision());
    }

    /** Admits so many requests more, and then refuses by a limit of a kind. */
    public synchronized void leave(long requests, LimitKind kind) {
        remaining = requests;
        refusingKind = kind;
    }

    /** Whether quota fails every call. */
    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    /** Does something after a request is held and before the gateway is told. */
    public synchronized void whenHeld(Consumer<AdmitRequest> work) {
        whenHeld = work;
    }

    /** Does something with each record before the gateway is told that it is stored. */
    public synchronized void whenRecorded(Consumer<UsageRecord> work) {
        whenRecorded = work;
    }

    /** Does something with each settlement before the gateway is told what the call costs; holds up nobody but that call. */
    public void whenSettled(Consumer<SettleRequest> work) {
        whenSettled = work;
    }

    /** What each token of input and output costs from now on, in micro-KRW. */
    public void price(long micros) {
        microsPerToken = micros;
    }

    /** After how long those that are refused may try again. */
    public synchronized void retryAfter(long seconds) {
        retryAfterSeconds = seconds;
    }

    /** Holds that are not settled. */
    public synchronized List<AdmitRequest> openHolds() {
        return holds.values().stream()
                .filter(hold -> !settled.containsKey(hold.getRequestId()))
                .toList();
    }

    public synchronized List<AdmitRequest> holds() {
        return List.copyOf(holds.values());
    }

    public synchronized Optional<SettleRequest> settlement(String requestId) {
        return Optional.ofNullable(settled.get(requestId));
    }

    /** The ledger's records, in their order. */
    public synchronized List<UsageRecord> records() {
        return List.copyOf(ledger.values());
    }

    public synchronized Optional<UsageRecord> record(String requestId) {
        return Optional.ofNullable(ledger.get(requestId));
    }

    private synchronized boolean isAway(StreamObserver<?> responses) {
        if (away) {
            responses.onError(Status.UNAVAILABLE.asRuntimeException());
        }
        return away;
    }

    private synchronized AdmitResponse admit(AdmitRequest request) {
        AdmitResponse.Builder response = AdmitResponse.newBuilder();
        if (remaining > 0) {
            remaining--;
            holds.put(request.getRequestId(), request);
            whenHeld.accept(request);
            response.setAdmitted(Admitted.getDefaultInstance());
        } else {
            response.setRefused(Refused.newBuilder()
                    .setLimit(Limit.newBuilder().setLimitId("lim_1").setKind(refusingKind))
                    .setReason("QUOTA_EXCEEDED")
                    .setMessage("The project's limit is used up.")
                    .setRetryAfter(Duration.newBuilder().setSeconds(retryAfterSeconds)));
        }
        RateLimitState.Builder state = RateLimitState.newBuilder()
                .setLimit(LIMIT)
                .setRemaining(remaining)
                .setResetAfter(Duration.newBuilder().setSeconds(60));
        return response.setRequests(state).build();
    }

    private static UsageRecord decoded(ByteString record) {
        try {
            return UsageRecord.parseFrom(record);
        } catch (InvalidProtocolBufferException notARecord) {
            throw new IllegalArgumentException(notARecord);
        }
    }

    private synchronized SpoolPosition append(AppendUsageRequest request) {
        if (request.getFrom().equals(watermark)) {
            for (ByteString record : request.getUsageRecordsList()) {
                UsageRecord usage = decoded(record);
                whenRecorded.accept(usage);
                if (ledger.putIfAbsent(usage.getRequestId(), usage) != null) {
                    throw new IllegalStateException("Twice in the ledger: " + usage.getRequestId());
                }
            }
            watermark = request.getTo();
        }
        return watermark;
    }

    private synchronized SpoolPosition watermark() {
        return watermark;
    }

    /** Admission. */
    final class Admission extends AdmissionServiceGrpc.AdmissionServiceImplBase {
        @Override
        public void admit(AdmitRequest request, StreamObserver<AdmitResponse> responses) {
            if (!isAway(responses)) {
                responses.onNext(InMemoryQuota.this.admit(request));
                responses.onCompleted();
            }
        }

        @Override
        public void settle(SettleRequest request, StreamObserver<SettleResponse> responses) {
            if (!isAway(responses)) {
                synchronized (InMemoryQuota.this) {
                    settled.putIfAbsent(request.getRequestId(), request);
                }
                whenSettled.accept(request);
                long tokens =
                        request.getUsage().getInputTokens() + request.getUsage().getOutputTokens();
                responses.onNext(SettleResponse.newBuilder()
                        .setAmountMicros(tokens * microsPerToken)
                        .build());
                responses.onCompleted();
            }
        }
    }

    /** Slices: whatever is asked for. */
    final class Slices extends SliceServiceGrpc.SliceServiceImplBase {
        @Override
        public void exchangeSlices(ExchangeSlicesRequest request, StreamObserver<ExchangeSlicesResponse> responses) {
            if (isAway(responses)) {
                return;
            }
            synchronized (InMemoryQuota.this) {
                exchanges++;
                running = request.getTenantsList().stream()
                        .flatMap(said -> said.getDemandsList().stream())
                        .filter(demand -> concurrency.contains(demand.getLimitId()))
                        .mapToLong(SliceDemand::getRunning)
                        .sum();
            }
            ExchangeSlicesResponse.Builder response = ExchangeSlicesResponse.newBuilder()
                    .setRateTerm(Duration.newBuilder().setSeconds(9))
                    .setSlotTerm(Duration.newBuilder().setSeconds(2));
            request.getTenantsList().stream()
                    .flatMap(said -> said.getDemandsList().stream())
                    .forEach(demand -> response.addGrants(SliceGrant.newBuilder()
                            .setLimitId(demand.getLimitId())
                            .setGranted(demand.getWanted())
                            .setRemaining(VAST - demand.getKept() - demand.getWanted())));
            responses.onNext(response.build());
            responses.onCompleted();
        }
    }

    /** The ledger's intake. */
    final class Ledger extends LedgerServiceGrpc.LedgerServiceImplBase {
        @Override
        public void appendUsage(AppendUsageRequest request, StreamObserver<AppendUsageResponse> responses) {
            if (!isAway(responses)) {
                responses.onNext(AppendUsageResponse.newBuilder()
                        .setWatermark(append(request))
                        .build());
                responses.onCompleted();
            }
        }

        @Override
        public void getWatermark(GetWatermarkRequest request, StreamObserver<GetWatermarkResponse> responses) {
            if (!isAway(responses)) {
                responses.onNext(GetWatermarkResponse.newBuilder()
                        .setWatermark(watermark())
                        .build());
                responses.onCompleted();
            }
        }
    }
}
