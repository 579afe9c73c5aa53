package ai.exaone.quota.admission;

import ai.exaone.proto.quota.internal.v1.ExchangeSlicesRequest;
import ai.exaone.proto.quota.internal.v1.ExchangeSlicesResponse;
import ai.exaone.proto.quota.internal.v1.SliceServiceGrpc;
import ai.exaone.rpc.TimeWire;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** Slices over gRPC. */
public final class SliceEndpoint extends SliceServiceGrpc.SliceServiceImplBase {
    /** Clocks of machines do not run equally fast: a gateway's slice is over well before quota counts it as used. */
    private static final int MARGIN_PERCENT = 10;

    private final Slices slices;
    private final Duration rateTerm;
    private final Duration slotTerm;

    public SliceEndpoint(Slices slices, AdmissionConfig config) {
        this.slices = slices;
        this.rateTerm = shortened(config.sliceTerm());
        this.slotTerm = shortened(config.gatewaySilence());
    }

    @Override
    public void exchangeSlices(ExchangeSlicesRequest request, StreamObserver<ExchangeSlicesResponse> responses) {
        responses.onNext(SliceWire.wire(slices.exchange(SliceWire.exchange(request)))
                .setRateTerm(TimeWire.of(rateTerm))
                .setSlotTerm(TimeWire.of(slotTerm))
                .build());
        responses.onCompleted();
    }

    private static Duration shortened(Duration term) {
        return term.multipliedBy(100 - MARGIN_PERCENT).dividedBy(100);
    }
}
