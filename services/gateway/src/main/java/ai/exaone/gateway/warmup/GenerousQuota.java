package ai.exaone.gateway.warmup;

import ai.exaone.proto.quota.internal.v1.AdmissionServiceGrpc;
import ai.exaone.proto.quota.internal.v1.AdmitRequest;
import ai.exaone.proto.quota.internal.v1.AdmitResponse;
import ai.exaone.proto.quota.internal.v1.Admitted;
import ai.exaone.proto.quota.internal.v1.ExchangeSlicesRequest;
import ai.exaone.proto.quota.internal.v1.ExchangeSlicesResponse;
import ai.exaone.proto.quota.internal.v1.SettleRequest;
import ai.exaone.proto.quota.internal.v1.SettleResponse;
import ai.exaone.proto.quota.internal.v1.SliceGrant;
import ai.exaone.proto.quota.internal.v1.SliceServiceGrpc;
import ai.exaone.proto.quota.v1.Limit;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchServer;
import ai.exaone.rpc.watch.WatchSource;
import com.google.protobuf.Duration;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Stands where quota does while the gateway warms up: limits of every rate that nobody reaches, granted as asked. Of what
 * it is told it keeps nothing.
 */
final class GenerousQuota {
    private static final long VAST = 1_000_000_000_000L;
    private static final List<LimitKind> KINDS = List.of(
            LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE,
            LimitKind.LIMIT_KIND_TOKENS_PER_MINUTE,
            LimitKind.LIMIT_KIND_CONCURRENT_REQUESTS);
    private static final Duration RATE_TERM =
            Duration.newBuilder().setSeconds(9).build();
    private static final Duration SLOT_TERM =
            Duration.newBuilder().setSeconds(2).build();

    private final WatchServer watches;

    GenerousQuota(String tenantId) {
        this.watches = new WatchServer(List.of(new Log("limits", limits(tenantId)), new Log("prices", List.of())));
    }

    /** All that it serves. */
    List<BindableService> services() {
        return List.of(watches, new Slices(), new Admissions());
    }

    private static List<Entry> limits(String tenantId) {
        return IntStream.range(0, KINDS.size())
                .mapToObj(i -> Limit.newBuilder()
                        .setLimitId("lim_" + i)
                        .setTenantId(tenantId)
                        .setKind(KINDS.get(i))
                        .setValue(VAST)
                        .build())
                .map(limit -> Entry.newBuilder()
                        .setKey(limit.getLimitId())
                        .setValue(limit.toByteString())
                        .build())
                .toList();
    }

    /** A log that does not change. */
    private record Log(String log, List<Entry> entries) implements WatchSource {
        @Override
        public State state() {
            return new State(1, entries);
        }

        @Override
        public Optional<List<Change>> changes(long after, int limit) {
            return after == 1 ? Optional.of(List.of()) : Optional.empty();
        }
    }

    private static final class Slices extends SliceServiceGrpc.SliceServiceImplBase {
        @Override
        public void exchangeSlices(ExchangeSlicesRequest request, StreamObserver<ExchangeSlicesResponse> responses) {
            var response =
                    ExchangeSlicesResponse.newBuilder().setRateTerm(RATE_TERM).setSlotTerm(SLOT_TERM);
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

    /** What is not granted yet is admitted call by call. */
    private static final class Admissions extends AdmissionServiceGrpc.AdmissionServiceImplBase {
        @Override
        public void admit(AdmitRequest request, StreamObserver<AdmitResponse> responses) {
            responses.onNext(AdmitResponse.newBuilder()
                    .setAdmitted(Admitted.getDefaultInstance())
                    .build());
            responses.onCompleted();
        }

        @Override
        public void settle(SettleRequest request, StreamObserver<SettleResponse> responses) {
            responses.onNext(SettleResponse.getDefaultInstance());
            responses.onCompleted();
        }
    }
}
