package ai.exaone.agents.run;

import ai.exaone.agents.agent.ReleaseId;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.identity.internal.v1.IssueRunTokenRequest;
import ai.exaone.proto.identity.internal.v1.TokenServiceGrpc;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.rpc.TimeWire;
import io.grpc.Channel;

/** Tokens issued by identity. Thread-safe. */
public final class RunTokenClient implements RunTokens {
    private final TokenServiceGrpc.TokenServiceBlockingStub identity;

    public RunTokenClient(Channel identity) {
        this.identity = TokenServiceGrpc.newBlockingStub(identity);
    }

    @Override
    public RunToken issue(Run run, String model) {
        var request = IssueRunTokenRequest.newBuilder()
                .setTenantId(run.scope().tenantId())
                .setProjectId(run.scope().projectId())
                .setOwner(run.owner().principal())
                .setAgentId(run.agentId().value())
                .setAgentName(run.owner().called() ? run.agentName() : "")
                .setReleaseId(run.release().map(ReleaseId::value).orElse(""))
                .setRunId(run.id().value())
                .addModels(model)
                .setDepth(run.owner().depth())
                .build();
        try {
            var issued = RpcErrors.call(() -> identity.issueRunToken(request));
            return new RunToken(issued.getToken(), TimeWire.of(issued.getExpireTime()));
        } catch (PlatformException failure) {
            throw refusal(failure);
        }
    }

    private static PlatformException refusal(PlatformException failure) {
        return switch (failure.category()) {
            case PERMISSION_DENIED, UNAUTHENTICATED, NOT_FOUND, FAILED_PRECONDITION ->
                PlatformException.because(
                                RunError.RUN_OWNER_REFUSED,
                                "Whoever started this run may no longer run it: " + failure.publicMessage())
                        .metadata("reason", failure.reason().name())
                        .cause(failure)
                        .build();
            case CANCELLED,
                    INVALID_ARGUMENT,
                    DEADLINE_EXCEEDED,
                    ALREADY_EXISTS,
                    RESOURCE_EXHAUSTED,
                    ABORTED,
                    UNIMPLEMENTED,
                    INTERNAL,
                    UNAVAILABLE -> failure;
        };
    }
}
