package ai.exaone.gateway.inference;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process with a gateway that stops dead once quota holds its first call, before the gateway is told; it says the call's id. */
final class StoppedInAdmission {
    private StoppedInAdmission() {}

    public static void main(String[] arguments) throws Exception {
        GatewayCluster cluster = GatewayCluster.start(Path.of(arguments[0]));
        StubEngine engine = StubEngine.start(Answers::words);
        cluster.serving.put(InMemoryServing.chat("chat", List.of(engine.url())).build());
        cluster.quota.whenHeld(hold -> {
            System.out.println("held " + hold.getRequestId());
            System.out.flush();
            Runtime.getRuntime().halt(1);
        });
        new Caller(cluster.url(), cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty()))
                .post("/v1/chat/completions", ThroughGateway.HELLO);
    }
}
