package ai.exaone.quota.price;

import ai.exaone.rpc.TimeWire;

/** Prices on the wire. */
final class PriceWire {
    private PriceWire() {}

    /** An entry of the log that gateways follow: without whether it is in force, which changes with time. */
    static byte[] bytes(Price price) {
        return wire(price).build().toByteArray();
    }

    static ai.exaone.proto.quota.v1.Price.Builder wire(Price price) {
        return ai.exaone.proto.quota.v1.Price.newBuilder()
                .setPriceId(price.priceId())
                .setModel(price.model())
                .setInputMicros(price.rates().inputMicros())
                .setCachedInputMicros(price.rates().cachedInputMicros())
                .setOutputMicros(price.rates().outputMicros())
                .setEffectiveTime(TimeWire.of(price.effectiveAt()))
                .setCreatedBy(price.createdBy())
                .setCreateTime(TimeWire.of(price.createdAt()));
    }
}
