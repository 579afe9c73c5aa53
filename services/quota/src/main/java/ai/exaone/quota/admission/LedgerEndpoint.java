package ai.exaone.quota.admission;

import ai.exaone.proto.quota.internal.v1.AppendUsageRequest;
import ai.exaone.proto.quota.internal.v1.AppendUsageResponse;
import ai.exaone.proto.quota.internal.v1.GetWatermarkRequest;
import ai.exaone.proto.quota.internal.v1.GetWatermarkResponse;
import ai.exaone.proto.quota.internal.v1.LedgerServiceGrpc;
import ai.exaone.quota.usage.SpoolPosition;
import ai.exaone.quota.usage.UsageRecord;
import ai.exaone.quota.usage.UsageWire;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The ledger's intake over gRPC. */
public final class LedgerEndpoint extends LedgerServiceGrpc.LedgerServiceImplBase {
    private final Ledger ledger;

    public LedgerEndpoint(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void appendUsage(AppendUsageRequest request, StreamObserver<AppendUsageResponse> responses) {
        List<UsageRecord> calls =
                request.getUsageRecordsList().stream().map(UsageWire::decode).toList();
        SpoolPosition watermark =
                ledger.append(request.getGatewayId(), position(request.getFrom()), position(request.getTo()), calls);
        responses.onNext(
                AppendUsageResponse.newBuilder().setWatermark(wire(watermark)).build());
        responses.onCompleted();
    }

    @Override
    public void getWatermark(GetWatermarkRequest request, StreamObserver<GetWatermarkResponse> responses) {
        SpoolPosition watermark = ledger.watermark(request.getGatewayId());
        responses.onNext(
                GetWatermarkResponse.newBuilder().setWatermark(wire(watermark)).build());
        responses.onCompleted();
    }

    private static SpoolPosition position(ai.exaone.proto.quota.internal.v1.SpoolPosition wire) {
        return new SpoolPosition(wire.getSegment(), wire.getOffset());
    }

    private static ai.exaone.proto.quota.internal.v1.SpoolPosition wire(SpoolPosition position) {
        return ai.exaone.proto.quota.internal.v1.SpoolPosition.newBuilder()
                .setSegment(position.segment())
                .setOffset(position.offset())
                .build();
    }
}
