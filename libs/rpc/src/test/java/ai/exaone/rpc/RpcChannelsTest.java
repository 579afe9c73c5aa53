package ai.exaone.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthGrpc.HealthBlockingStub;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RpcChannelsTest {
    private final RpcConfig config =
            new RpcConfig("in-process", UUID.randomUUID().toString(), 0, "127.0.0.1", null, null);

    @Test
    void aServiceThatWasAwayIsFoundAgainWellBeforeGrpcWouldLookForIt() throws Exception {
        try (var channels = new RpcChannels(ServiceName.QUOTA, config)) {
            HealthBlockingStub identity = HealthGrpc.newBlockingStub(channels.to(ServiceName.IDENTITY));
            var away = assertThrows(StatusRuntimeException.class, () -> check(identity));
            assertEquals(Status.Code.UNAVAILABLE, away.getStatus().getCode());
            Server server = InProcessServerBuilder.forName(config.inProcessName(ServiceName.IDENTITY))
                    .addService(new HealthStatusManager().getHealthService())
                    .build()
                    .start();
            try {
                // gRPC's own first pause is 0.8 s at least.
                HealthBlockingStub soon = identity.withWaitForReady().withDeadlineAfter(700, TimeUnit.MILLISECONDS);
                assertEquals(ServingStatus.SERVING, check(soon));
            } finally {
                server.shutdownNow();
            }
        }
    }

    private static ServingStatus check(HealthBlockingStub stub) {
        return stub.check(HealthCheckRequest.getDefaultInstance()).getStatus();
    }
}
