package ai.exaone.gateway.fakes;

import ai.exaone.proto.quota.internal.v1.AdmissionServiceGrpc;
import ai.exaone.proto.quota.internal.v1.AdmitRequest;
import ai.exaone.proto.quota.internal.v1.AdmitResponse;
import ai.exaone.proto.quota.internal.v1.Admitted;
import ai.exaone.proto.quota.internal.v1.AppendUsageRequest;
import ai.exaone.proto.quota.internal.v1.AppendUsageResponse;
import ai.exaone.proto.quota.internal.v1.GetWatermarkRequest;
import ai.exaone.proto.quota.internal.v1.GetWatermarkResponse;
import ai.exaone.proto.quota.internal.v1.LedgerServiceGrpc;
import ai.exaone.proto.quota.internal.v1.RateLimitState;
import ai.exaone.proto.quota.internal.v1.SettleRequest;
import ai.exaone.proto.quota.internal.v1.SettleResponse;
import ai.exaone.proto.quota.internal.v1.SpoolPosition;
import io.grpc.stub.StreamObserver;

/** Quota for long runs: admits everything and keeps nothing but its watermark. */
final class ForgetfulQuota {
    private static final AdmitResponse ADMITTED = AdmitResponse.newBuilder()
            .setAdmitted(Admitted.getDefaultInstance())
            .setRequests(RateLimitState.newBuilder().setLimit(1_000_000).setRemaining(999_999))
            .build();

    private volatile SpoolPosition watermark = SpoolPosition.getDefaultInstance();

    /** Admission. */
    final class Admission extends AdmissionServiceGrpc.AdmissionServiceImplBase {
        @Override
        public void admit(AdmitRequest request, StreamObserver<AdmitResponse> responses) {
            responses.onNext(ADMITTED);
            responses.onCompleted();
        }

        @Override
        public void settle(SettleRequest request, StreamObserver<SettleResponse> responses) {
            responses.onNext(SettleResponse.getDefaultInstance());
            responses.onCompleted();
        }
    }

    /** The ledger's intake. */
    final class Ledger extends LedgerServiceGrpc.LedgerServiceImplBase {
        @Override
        public void appendUsage(AppendUsageRequest request, StreamObserver<AppendUsageResponse> responses) {
            watermark = request.getTo();
            responses.onNext(
                    AppendUsageResponse.newBuilder().setWatermark(watermark).build());
            responses.onCompleted();
        }

        @Override
        public void getWatermark(GetWatermarkRequest request, StreamObserver<GetWatermarkResponse> responses) {
            responses.onNext(
                    GetWatermarkResponse.newBuilder().setWatermark(watermark).build());
            responses.onCompleted();
        }
    }
}
