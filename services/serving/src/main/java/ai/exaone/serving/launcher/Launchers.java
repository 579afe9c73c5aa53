package ai.exaone.serving.launcher;

import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.deployment.Launch;
import ai.exaone.serving.deployment.ReplicaId;
import ai.exaone.serving.deployment.ReplicaSlot;
import ai.exaone.serving.engine.EngineProfile;
import ai.exaone.serving.launcher.external.ExternalEngine;
import ai.exaone.serving.launcher.process.ProcessLauncher;
import ai.exaone.store.crypto.Sha256;
import java.io.IOException;
import java.util.List;

/** All ways in which engines come to be. Thread-safe. */
public final class Launchers implements AutoCloseable {
    private final ProcessLauncher processes;

    public Launchers(ProcessLauncher processes) {
        this.processes = processes;
    }

    /** Takes over the engines of this machine; false while another process has them. */
    public boolean claim() throws IOException {
        return processes.claim();
    }

    /** The engines that still run from a former life. */
    public List<FoundEngine> findAll() throws IOException {
        return processes.findAll();
    }

    /**
     * What an engine of a deployment is made from: two engines with the same digest are alike.
     *
     * @param index of its slot
     */
    public String digest(Deployment deployment, EngineProfile profile, int modelContextTokens, int index) {
        String made = switch (deployment.launch()) {
            case Launch.OnThisMachine local ->
                local + "|" + modelContextTokens + "|"
                        + profile.launchTemplate().map(processes::fingerprint).orElse("");
            case Launch.Elsewhere elsewhere -> {
                String url = index < elsewhere.urls().size() ? elsewhere.urls().get(index) : "";
                String key = elsewhere.key().map(each -> each.value()).orElse("");
                yield url + "|" + elsewhere.engineModel() + "|" + key;
            }
        };
        String all = deployment.model() + "|" + profile.name() + "|" + made;
        return Sha256.hex(all);
    }

    /** Starts an engine of a deployment. */
    public Engine launch(
            ReplicaId replica,
            ReplicaSlot slot,
            Deployment deployment,
            EngineProfile profile,
            int modelContextTokens,
            String digest)
            throws LaunchException {
        return switch (deployment.launch()) {
            case Launch.OnThisMachine local ->
                processes.launch(
                        new EngineOrder<>(replica, slot, deployment, local, profile, modelContextTokens, digest));
            case Launch.Elsewhere elsewhere -> new ExternalEngine(elsewhere, slot.index());
        };
    }

    @Override
    public void close() throws IOException {
        processes.close();
    }
}
