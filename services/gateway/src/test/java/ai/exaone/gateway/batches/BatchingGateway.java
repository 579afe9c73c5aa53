package ai.exaone.gateway.batches;

import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.KeptFiles;
import ai.exaone.gateway.fakes.TestIds;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process with a gateway that works on a batch, to be killed. It says the batch's id, and each record that its ledger has taken. */
final class BatchingGateway {
    private BatchingGateway() {}

    /**
     * @param arguments folder with the password, database's address, its user, the engine's address, how many lines
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Map<String, Object> settings = KeptFiles.settings(arguments[1], arguments[2], folder.resolve("password"));
        settings.put("exaone.gateway.id", "gateway-a");
        settings.put("exaone.gateway.batches.lease", "2s");
        GatewayCluster cluster = GatewayCluster.start(folder.resolve("spool-a"), settings);
        cluster.quota.whenRecorded(usage -> {
            System.out.println(
                    "record " + usage.getRequestId() + " " + usage.getOutcome() + " " + usage.getInputTokens());
            System.out.flush();
        });
        cluster.serving.put(
                InMemoryServing.chat("chat", List.of(URI.create(arguments[3]))).build());
        Caller caller = new Caller(cluster.url(), cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty()));
        String batch = new ThroughBatches(caller).create(ThroughBatches.lines(Integer.parseInt(arguments[4])));
        System.out.println("batch " + batch);
        System.out.flush();
        Thread.currentThread().join();
    }
}
