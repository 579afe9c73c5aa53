package ai.exaone.rpc;

import static org.awaitility.Awaitility.await;
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
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RpcChannelsTest {
    /** gRPC's own first pause after a failure is 0.8 s at least. */
    private static final Duration WELL_BEFORE_GRPC = Duration.ofMillis(700);

    /** A machine that stands still for a moment makes one round long, and says nothing of the next. */
    @Test
    void aServiceThatWasAwayIsFoundAgainWellBeforeGrpcWouldLookForIt() {
        await().until(() -> timeUntilFoundAgain().compareTo(WELL_BEFORE_GRPC) < 0);
    }

    /** From before a call that finds nobody, to the end of one that is answered. */
    private static Duration timeUntilFoundAgain() throws Exception {
        var config = new RpcConfig("in-process", UUID.randomUUID().toString(), 0, "127.0.0.1", null, null);
        try (var channels = new RpcChannels(ServiceName.QUOTA, config)) {
            HealthBlockingStub identity = HealthGrpc.newBlockingStub(channels.to(ServiceName.IDENTITY));
            long begun = System.nanoTime();
            var away = assertThrows(StatusRuntimeException.class, () -> check(identity));
            assertEquals(Status.Code.UNAVAILABLE, away.getStatus().getCode());
            Server server = InProcessServerBuilder.forName(config.inProcessName(ServiceName.IDENTITY))
                    .addService(new HealthStatusManager().getHealthService())
                    .build()
                    .start();
            try {
                assertEquals(
                        ServingStatus.SERVING,
                        check(identity.withWaitForReady().withDeadlineAfter(60, TimeUnit.SECONDS)));
                return Duration.ofNanos(System.nanoTime() - begun);
            } finally {
                server.shutdownNow();
            }
        }
    }

    private static ServingStatus check(HealthBlockingStub stub) {
        return stub.check(HealthCheckRequest.getDefaultInstance()).getStatus();
    }
}
