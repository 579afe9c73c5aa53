package ai.exaone.quota.admission;

import ai.exaone.proto.quota.internal.v1.ExchangeSlicesRequest;
import ai.exaone.proto.quota.internal.v1.ExchangeSlicesResponse;
import ai.exaone.proto.quota.internal.v1.GivenBackUnits;
import ai.exaone.proto.quota.internal.v1.SliceDemand;
import ai.exaone.proto.quota.internal.v1.SliceGrant;
import ai.exaone.proto.quota.internal.v1.SliceUse;
import ai.exaone.proto.quota.internal.v1.TenantSlices;
import ai.exaone.proto.quota.internal.v1.TokenReturn;
import ai.exaone.rpc.TimeWire;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Exchanges of slices on the wire, which is also how they are stored. */
final class SliceWire {
    private SliceWire() {}

    static SliceExchange exchange(ExchangeSlicesRequest wire) {
        return new SliceExchange(
                wire.getGatewayId(),
                wire.getRunId(),
                wire.getSequence(),
                wire.getTenantsList().stream().map(SliceWire::ofTenant).toList(),
                wire.getWhole());
    }

    private static ExchangeSlicesRequest wire(SliceExchange exchange) {
        return ExchangeSlicesRequest.newBuilder()
                .setGatewayId(exchange.gatewayId())
                .setRunId(exchange.runId())
                .setSequence(exchange.sequence())
                .addAllTenants(exchange.tenants().stream().map(SliceWire::wire).toList())
                .setWhole(exchange.whole())
                .build();
    }

    static GivenBack givenBack(ai.exaone.proto.quota.internal.v1.GivenBack wire) {
        return new GivenBack(
                wire.getRunId(),
                wire.getSequence(),
                wire.getUnitsList().stream()
                        .collect(Collectors.toMap(
                                GivenBackUnits::getLimitId,
                                slice -> new GivenBack.OfLimit(slice.getUnits(), slice.getUnused(), slice.getRunning()),
                                (first, again) -> first)));
    }

    static byte[] bytes(SliceExchange exchange) {
        return wire(exchange).toByteArray();
    }

    static SliceExchange exchange(byte[] stored) {
        try {
            return exchange(ExchangeSlicesRequest.parseFrom(stored));
        } catch (InvalidProtocolBufferException damaged) {
            throw new IllegalStateException("A stored exchange of slices cannot be read", damaged);
        }
    }

    static byte[] bytes(List<SliceExchange.Grant> grants) {
        return wire(grants).build().toByteArray();
    }

    static List<SliceExchange.Grant> grants(byte[] stored) {
        try {
            return grants(ExchangeSlicesResponse.parseFrom(stored));
        } catch (InvalidProtocolBufferException damaged) {
            throw new IllegalStateException("Stored grants of slices cannot be read", damaged);
        }
    }

    private static List<SliceExchange.Grant> grants(ExchangeSlicesResponse wire) {
        return wire.getGrantsList().stream()
                .map(grant -> new SliceExchange.Grant(
                        grant.getLimitId(),
                        grant.getGranted(),
                        grant.getRemaining(),
                        grant.getRecalled(),
                        day(grant.getDay()),
                        grant.hasTerm() ? Optional.of(term(grant.getTerm())) : Optional.empty(),
                        grant.getCurrentValue()))
                .toList();
    }

    static ExchangeSlicesResponse.Builder wire(List<SliceExchange.Grant> grants) {
        return ExchangeSlicesResponse.newBuilder()
                .addAllGrants(grants.stream().map(SliceWire::wire).toList());
    }

    private static SliceGrant wire(SliceExchange.Grant grant) {
        var wire = SliceGrant.newBuilder()
                .setLimitId(grant.limitId())
                .setGranted(grant.granted())
                .setRemaining(grant.remaining())
                .setRecalled(grant.recalled())
                .setDay(wire(grant.day()))
                .setCurrentValue(grant.amount());
        grant.term().map(TimeWire::of).ifPresent(wire::setTerm);
        return wire.build();
    }

    private static Duration term(com.google.protobuf.Duration wire) {
        return Duration.ofSeconds(wire.getSeconds(), wire.getNanos());
    }

    private static SliceExchange.OfTenant ofTenant(TenantSlices wire) {
        return new SliceExchange.OfTenant(
                wire.getTenantId(),
                wire.getUsesList().stream()
                        .map(use -> new SliceExchange.Use(
                                new SliceExchange.Caller(
                                        use.getProjectId(), use.getKeyId(), use.getAgentId(), use.getModel()),
                                use.getRequests(),
                                use.getTokens()))
                        .toList(),
                wire.getReturnsList().stream()
                        .map(returned -> new SliceExchange.Return(
                                returned.getSequence(),
                                new SliceExchange.Caller(
                                        returned.getProjectId(),
                                        returned.getKeyId(),
                                        returned.getAgentId(),
                                        returned.getModel()),
                                returned.getTokens()))
                        .toList(),
                wire.getDemandsList().stream()
                        .map(demand -> new SliceExchange.Demand(
                                demand.getLimitId(),
                                demand.getKept(),
                                demand.getRunning(),
                                demand.getWanted(),
                                demand.getLeast(),
                                day(demand.getDay())))
                        .toList());
    }

    private static TenantSlices wire(SliceExchange.OfTenant said) {
        var wire = TenantSlices.newBuilder().setTenantId(said.tenantId());
        said.uses()
                .forEach(use -> wire.addUses(SliceUse.newBuilder()
                        .setProjectId(use.caller().projectId())
                        .setKeyId(use.caller().keyId())
                        .setAgentId(use.caller().agentId())
                        .setModel(use.caller().model())
                        .setRequests(use.requests())
                        .setTokens(use.tokens())));
        said.returns()
                .forEach(returned -> wire.addReturns(TokenReturn.newBuilder()
                        .setSequence(returned.sequence())
                        .setProjectId(returned.caller().projectId())
                        .setKeyId(returned.caller().keyId())
                        .setAgentId(returned.caller().agentId())
                        .setModel(returned.caller().model())
                        .setTokens(returned.tokens())));
        said.demands()
                .forEach(demand -> wire.addDemands(SliceDemand.newBuilder()
                        .setLimitId(demand.limitId())
                        .setKept(demand.kept())
                        .setRunning(demand.running())
                        .setWanted(demand.wanted())
                        .setLeast(demand.least())
                        .setDay(wire(demand.day()))));
        return wire.build();
    }

    private static Optional<LocalDate> day(int wire) {
        return wire == 0 ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(wire));
    }

    private static int wire(Optional<LocalDate> day) {
        return day.map(date -> Math.toIntExact(date.toEpochDay())).orElse(0);
    }
}
