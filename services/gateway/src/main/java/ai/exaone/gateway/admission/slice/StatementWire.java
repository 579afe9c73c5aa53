package ai.exaone.gateway.admission.slice;

import ai.exaone.proto.quota.internal.v1.ExchangeSlicesRequest;
import ai.exaone.proto.quota.internal.v1.SliceDemand;
import ai.exaone.proto.quota.internal.v1.SliceUse;
import ai.exaone.proto.quota.internal.v1.TenantSlices;
import ai.exaone.proto.quota.internal.v1.TokenReturn;

/** Statements on the wire. */
final class StatementWire {
    private StatementWire() {}

    static ExchangeSlicesRequest wire(String gatewayId, Statement statement) {
        return ExchangeSlicesRequest.newBuilder()
                .setGatewayId(gatewayId)
                .setRunId(statement.runId)
                .setSequence(statement.sequence)
                .addAllTenants(
                        statement.tenants.stream().map(StatementWire::wire).toList())
                .setWhole(statement.whole)
                .build();
    }

    private static TenantSlices wire(Statement.OfTenant said) {
        var wire = TenantSlices.newBuilder().setTenantId(said.tenant.tenantId);
        for (Statement.Use use : said.uses) {
            wire.addUses(SliceUse.newBuilder()
                    .setProjectId(use.caller().projectId())
                    .setKeyId(use.caller().keyId())
                    .setAgentId(use.caller().agentId())
                    .setModel(use.caller().model())
                    .setRequests(use.requests())
                    .setTokens(use.tokens()));
        }
        for (Statement.Return returned : said.returns) {
            wire.addReturns(TokenReturn.newBuilder()
                    .setSequence(returned.sequence())
                    .setProjectId(returned.caller().projectId())
                    .setKeyId(returned.caller().keyId())
                    .setAgentId(returned.caller().agentId())
                    .setModel(returned.caller().model())
                    .setTokens(returned.tokens()));
        }
        for (Statement.Demand demand : said.demands) {
            wire.addDemands(SliceDemand.newBuilder()
                    .setLimitId(demand.slice().limit.limitId())
                    .setKept(demand.kept())
                    .setRunning(demand.running())
                    .setWanted(demand.wanted())
                    .setLeast(demand.least())
                    .setDay(demand.day()));
        }
        return wire.build();
    }
}
