package ai.exaone.gateway.inference;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process for tests: a gateway that answers a call with the key {@code answered}, and then one with the key {@code running}, within
 * which it is to be killed. Arguments: the spool, and the settings as {@code name=value}.
 */
final class KilledWhileAnswering {
    private KilledWhileAnswering() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> settings = new HashMap<>();
        for (int at = 1; at < arguments.length; at++) {
            String[] setting = arguments[at].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        StubEngine engine = StubEngine.start(Answers::words);
        GatewayCluster cluster = GatewayCluster.start(Path.of(arguments[0]), settings);
        cluster.serving.put(InMemoryServing.chat("chat", List.of(engine.url())).build());
        String key = cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty());
        Caller caller = new Caller(cluster.url(), key);
        String answer = caller.with("Idempotency-Key", "answered")
                .post(ThroughTwoGateways.CHAT, ThroughTwoGateways.HELLO)
                .body();
        System.out.println("answered " + answer);
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            System.out.println("running");
            reply.awaitReaderGone();
        });
        caller.with("Idempotency-Key", "running").post(ThroughTwoGateways.CHAT, ThroughTwoGateways.STREAM);
    }
}
