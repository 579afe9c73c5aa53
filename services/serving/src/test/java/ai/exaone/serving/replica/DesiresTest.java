package ai.exaone.serving.replica;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.ServiceName;
import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.deployment.DeploymentId;
import ai.exaone.serving.deployment.DeploymentStore;
import ai.exaone.serving.deployment.DesiredState;
import ai.exaone.serving.deployment.Launch;
import ai.exaone.serving.deployment.MySqlDeploymentRows;
import ai.exaone.serving.deployment.MySqlDeploymentStore;
import ai.exaone.serving.engine.EngineProfiles;
import ai.exaone.serving.installed.MySqlInstallations;
import ai.exaone.serving.model.Catalogue;
import ai.exaone.serving.model.ModelStore;
import ai.exaone.serving.model.MySqlModelStore;
import ai.exaone.store.StoreError;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.store.crypto.MasterKey;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.Faults;
import ai.exaone.testing.MutableClock;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@EveryEngine(migrated = "serving")
final class DesiresTest {
    private final MutableClock clock = MutableClock.started();
    private final IdGenerator ids = new IdGenerator(clock, new SecureRandom());
    private final ModelStore models;
    private final DeploymentStore deployments;

    DesiresTest(TestDatabase database) {
        var creations = new MySqlCreations(database.transactions(), clock);
        var installations = new MySqlInstallations(clock);
        var audit = new MySqlAuditOutbox(ServiceName.SERVING, database.transactions(), ids, clock);
        var rows = new MySqlDeploymentRows(new MasterKey(new byte[32], new SecureRandom()));
        models = new MySqlModelStore(database.transactions(), creations, installations, audit);
        deployments = new MySqlDeploymentStore(database.transactions(), rows, creations, installations, audit);
        new Catalogue(ids, clock).models().forEach(models::install);
    }

    @Test
    void whatWasReadLastStaysInForceWhileTheDatabaseIsAway() {
        Deployment known = deploy("llama-cpp");
        var faults = new Faults();
        faults.failBefore("all", DesiresTest::away);
        var desires = new Desires(faults.around(DeploymentStore.class, deployments), models, EngineProfiles.builtIn());
        assertThat(desires.read(clock.instant())).isEmpty();
        assertThat(later(desires)).containsExactly(known);

        deploy("llama-cpp");
        faults.failBefore("all", DesiresTest::away);
        assertThat(later(desires)).containsExactly(known);
        assertThat(later(desires)).hasSize(2);
    }

    @Test
    void changesAreSeenAtOnceWhenTheyAreTold() {
        var desires = new Desires(deployments, models, EngineProfiles.builtIn());
        assertThat(desires.read(clock.instant()).orElseThrow().deployments()).isEmpty();
        Deployment made = deploy("llama-cpp");
        assertThat(desires.read(clock.instant()).orElseThrow().deployments()).isEmpty();
        desires.outdate();
        assertThat(desires.read(clock.instant()).orElseThrow().deployments()).containsExactly(made);
    }

    @Test
    void aDeploymentOfAnUnknownProfileRests() {
        deploy("of-another-release");
        var desires = new Desires(deployments, models, EngineProfiles.builtIn());
        assertThat(desires.read(clock.instant()).orElseThrow().deployments()).isEmpty();
    }

    private List<Deployment> later(Desires desires) {
        clock.advance(Duration.ofSeconds(2));
        return desires.read(clock.instant()).orElseThrow().deployments();
    }

    private Deployment deploy(String profile) {
        return deployments.insert(
                new Deployment(
                        new DeploymentId(ids.next(DeploymentId.PREFIX)),
                        "EXAONE-4.0-32B",
                        profile,
                        new Launch.OnThisMachine("", 0, 0),
                        1,
                        DesiredState.RUNNING,
                        clock.instant()),
                Optional.empty());
    }

    private static PlatformException away() {
        return new PlatformException(StoreError.STORE_UNAVAILABLE, "The database cannot be reached.");
    }
}
