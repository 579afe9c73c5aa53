package ai.exaone.gateway.metering;

import ai.exaone.proto.quota.internal.v1.AppendUsageRequest;
import ai.exaone.proto.quota.internal.v1.GetWatermarkRequest;
import ai.exaone.proto.quota.internal.v1.LedgerServiceGrpc;
import ai.exaone.rpc.RpcErrors;
import io.grpc.Channel;
import java.util.List;

/** Quota's ledger, over gRPC. */
public final class RpcLedger implements Ledger {
    private final LedgerServiceGrpc.LedgerServiceBlockingStub quota;
    private final String gatewayId;

    /**
     * @param gatewayId this gateway's stable id: the ledger keeps one watermark for each
     */
    public RpcLedger(Channel quota, String gatewayId) {
        this.quota = LedgerServiceGrpc.newBlockingStub(quota);
        this.gatewayId = gatewayId;
    }

    @Override
    public SpoolPosition watermark() {
        GetWatermarkRequest request =
                GetWatermarkRequest.newBuilder().setGatewayId(gatewayId).build();
        return position(RpcErrors.call(() -> quota.getWatermark(request)).getWatermark());
    }

    @Override
    public SpoolPosition append(SpoolPosition from, SpoolPosition to, List<DrainedCall> calls) {
        AppendUsageRequest.Builder request = AppendUsageRequest.newBuilder()
                .setGatewayId(gatewayId)
                .setFrom(position(from))
                .setTo(position(to));
        calls.forEach(call -> request.addUsageRecords(call.record()));
        return position(RpcErrors.call(() -> quota.appendUsage(request.build())).getWatermark());
    }

    private static SpoolPosition position(ai.exaone.proto.quota.internal.v1.SpoolPosition position) {
        return new SpoolPosition(position.getSegment(), position.getOffset());
    }

    private static ai.exaone.proto.quota.internal.v1.SpoolPosition position(SpoolPosition position) {
        return ai.exaone.proto.quota.internal.v1.SpoolPosition.newBuilder()
                .setSegment(position.segment())
                .setOffset(position.offset())
                .build();
    }
}
