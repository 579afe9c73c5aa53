package ai.exaone.quota.price;

import ai.exaone.proto.quota.v1.CreatePriceRequest;
import ai.exaone.proto.quota.v1.CreatePriceResponse;
import ai.exaone.proto.quota.v1.ListPricesRequest;
import ai.exaone.proto.quota.v1.ListPricesResponse;
import ai.exaone.proto.quota.v1.PriceServiceGrpc;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.TimeWire;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.Optional;

/** Prices over gRPC. */
public final class PriceEndpoint extends PriceServiceGrpc.PriceServiceImplBase {
    private final Prices prices;

    public PriceEndpoint(Prices prices) {
        this.prices = prices;
    }

    @Override
    public void createPrice(CreatePriceRequest request, StreamObserver<CreatePriceResponse> responses) {
        ai.exaone.proto.quota.v1.Price wanted = request.getPrice();
        Price price = prices.create(
                wanted.getModel(),
                new Rates(wanted.getInputMicros(), wanted.getCachedInputMicros(), wanted.getOutputMicros()),
                effectiveAt(wanted),
                CreationRequest.of("", request),
                CallContext.current().requirePrincipal());
        responses.onNext(CreatePriceResponse.newBuilder().setPrice(wire(price)).build());
        responses.onCompleted();
    }

    @Override
    public void listPrices(ListPricesRequest request, StreamObserver<ListPricesResponse> responses) {
        Page<Price> page =
                prices.list(request.getModel(), PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListPricesResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(this::wire).forEach(response::addPrices);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    private static Optional<Instant> effectiveAt(ai.exaone.proto.quota.v1.Price wanted) {
        return wanted.hasEffectiveTime() ? Optional.of(TimeWire.of(wanted.getEffectiveTime())) : Optional.empty();
    }

    private ai.exaone.proto.quota.v1.Price wire(Price price) {
        return PriceWire.wire(price).setCurrent(prices.isCurrent(price)).build();
    }
}
