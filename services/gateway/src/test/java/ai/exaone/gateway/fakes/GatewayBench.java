package ai.exaone.gateway.fakes;

import ai.exaone.proto.serving.v1.ModelCapability;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A gateway to try by hand: {@code GatewayBench PORT [CHAT_ENGINE_URL [EMBEDDING_ENGINE_URL]]}. Without engines scripted ones
 * answer. Its key is {@code exk_key_00000000000000000000000001}, its models are {@code chat}, {@code embed} and, for chats too, those
 * that the system property {@code models} lists. A real engine is taken for one without tools, unless {@code tools} is set.
 */
public final class GatewayBench {
    private GatewayBench() {}

    public static void main(String[] arguments) throws Exception {
        StubEngine stub = StubEngine.start(Answers::words);
        URI chat = arguments.length > 1 ? URI.create(arguments[1]) : stub.url();
        URI embed = arguments.length > 2 ? URI.create(arguments[2]) : stub.url();
        GatewayCluster cluster =
                GatewayCluster.startForLong(Files.createTempDirectory("gateway-bench"), settings(arguments[0]));
        cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty());
        var route = InMemoryServing.chat("chat", List.of(chat));
        route.getProfileBuilder().setToolCalls(arguments.length < 2 || Boolean.getBoolean("tools"));
        cluster.serving.put(route.build());
        for (String model : System.getProperty("models", "").split(",")) {
            cluster.serving.put(route.setModel(model).build());
        }
        cluster.serving.put(InMemoryServing.chat("embed", List.of(embed))
                .clearCapabilities()
                .addCapabilities(ModelCapability.MODEL_CAPABILITY_EMBEDDINGS)
                .build());
        System.out.println("ready on " + cluster.url());
        Thread.currentThread().join();
    }

    /** The port, and TLS where the system properties {@code cert} and {@code key} name its files. */
    private static Map<String, Object> settings(String port) {
        Map<String, Object> settings = new HashMap<>(Map.of("exaone.port", Integer.parseInt(port)));
        if (System.getProperty("cert") != null) {
            settings.put("exaone.tls.enabled", true);
            settings.put("exaone.tls.cert", System.getProperty("cert"));
            settings.put("exaone.tls.key", System.getProperty("key"));
        }
        return settings;
    }
}
