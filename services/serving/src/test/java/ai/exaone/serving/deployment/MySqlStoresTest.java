package ai.exaone.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.ServiceName;
import ai.exaone.serving.engine.ThinkingDefault;
import ai.exaone.serving.installed.MySqlInstallations;
import ai.exaone.serving.model.Catalogue;
import ai.exaone.serving.model.Model;
import ai.exaone.serving.model.ModelCapability;
import ai.exaone.serving.model.ModelError;
import ai.exaone.serving.model.ModelId;
import ai.exaone.serving.model.ModelStore;
import ai.exaone.serving.model.MySqlModelStore;
import ai.exaone.serving.model.TenantShare;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.CreationError;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.store.crypto.MasterKey;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.MutableClock;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the catalogue's and the deployments' stores promise, on real databases. */
@EveryEngine(migrated = "serving")
final class MySqlStoresTest {
    private final MutableClock clock = MutableClock.started();
    private final IdGenerator ids = new IdGenerator(clock, new SecureRandom());
    private final Transactions transactions;
    private final ModelStore models;
    private final DeploymentStore deployments;

    MySqlStoresTest(TestDatabase database) {
        transactions = database.transactions();
        var creations = new MySqlCreations(transactions, clock);
        var installations = new MySqlInstallations(clock);
        var audit = new MySqlAuditOutbox(ServiceName.SERVING, transactions, ids, clock);
        var rows = new MySqlDeploymentRows(new MasterKey(new byte[32], new SecureRandom()));
        models = new MySqlModelStore(transactions, creations, installations, audit);
        deployments = new MySqlDeploymentStore(transactions, rows, creations, installations, audit);
    }

    @Test
    void aModelIsReadAsItWasStored() {
        Model model =
                model("EXAONE-4.0-32B", List.of("tnt_00000000000000000000000001"), Optional.of(ThinkingDefault.ON));
        models.insert(model, Optional.empty());
        assertThat(models.find(model.id())).contains(model);
        assertThat(models.findByName(model.name())).contains(model);
        assertThat(models.findByName("exaone-4.0-32b"))
                .as("names are compared as bytes")
                .isEmpty();
        assertThat(auditEvents()).isEqualTo(1);
    }

    @Test
    void namesAreTakenOnce() {
        models.insert(model("한", List.of(), Optional.empty()), Optional.empty());
        fails(
                () -> models.insert(model("한", List.of(), Optional.empty()), Optional.empty()),
                ModelError.MODEL_NAME_TAKEN);
        assertThat(auditEvents()).as("what is refused did not happen").isEqualTo(1);
    }

    @Test
    void aRepeatedRequestMakesNothingNewAndAnotherContentIsRefused() {
        var request = Optional.of(new CreationRequest("", "CreateModelRequest", "r-1", "aa"));
        Model first = models.insert(model("a", List.of(), Optional.empty()), request);
        assertThat(models.insert(model("a", List.of(), Optional.empty()), request))
                .isEqualTo(first);
        fails(
                () -> models.insert(
                        model("b", List.of(), Optional.empty()),
                        Optional.of(new CreationRequest("", "CreateModelRequest", "r-1", "bb"))),
                CreationError.REQUEST_ID_REUSED);
        assertThat(models.all()).containsExactly(first);
    }

    @Test
    void pagesFollowOneAnotherByName() {
        List<String> names = List.of("a", "b", "c", "d", "e");
        names.forEach(name -> models.insert(model(name, List.of(), Optional.empty()), Optional.empty()));
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            var page = models.list(PageRequest.of(2, token));
            page.items().forEach(model -> seen.add(model.name()));
            token = page.nextToken();
        } while (!token.isEmpty());
        assertThat(seen).isEqualTo(names);
    }

    @Test
    void theCatalogueComesInOnceAndAnAdminsWordStays() {
        List<Model> catalogue = new Catalogue(ids, clock).models();
        assertThat(catalogue).allMatch(models::install);
        assertThat(new Catalogue(ids, clock).models()).noneMatch(models::install);
        assertThat(models.all()).hasSameSizeAs(catalogue);

        Model changed = models.findByName("EXAONE-4.0-32B").orElseThrow();
        models.update(changed.id(), model -> model.changed(model.about().withDescription("ours")));
        Model removed = models.findByName("EXAONE-Deep-32B").orElseThrow();
        models.delete(removed.id());
        for (Model entry : new Catalogue(ids, clock).models()) {
            models.install(newRelease(entry));
        }
        assertThat(models.findByName("EXAONE-4.0-32B").orElseThrow().about().description())
                .isEqualTo("ours");
        assertThat(models.findByName("EXAONE-Deep-32B")).isEmpty();
        Model refreshed = models.findByName("EXAONE-4.0-1.2B").orElseThrow();
        assertThat(refreshed.about().licence()).isEqualTo("another");
    }

    @Test
    void aDeploymentIsReadAsItWasStored() {
        models.insert(model("m", List.of(), Optional.empty()), Optional.empty());
        Deployment local = deployment("m", "llama-cpp", new Launch.OnThisMachine("/weights/모델.gguf", 2, 2048));
        Deployment elsewhere = deployment(
                "m",
                "llama-cpp",
                new Launch.Elsewhere(
                        List.of("http://a:1", "http://b:2"), "inner", Optional.of(new EngineKey("secret")), 256));
        deployments.insert(local, Optional.empty());
        deployments.insert(elsewhere, Optional.empty());
        assertThat(deployments.find(local.id())).contains(local);
        assertThat(deployments.find(elsewhere.id())).contains(elsewhere);
        assertThat(deployments.all()).containsExactly(local, elsewhere);
        fails(() -> models.delete(models.findByName("m").orElseThrow().id()), ModelError.MODEL_DEPLOYED);
    }

    @Test
    void aDeploymentNeedsItsModelAndTheProfileOfTheOthers() {
        Launch launch = new Launch.OnThisMachine("", 0, 0);
        fails(
                () -> deployments.insert(deployment("missing", "llama-cpp", launch), Optional.empty()),
                ModelError.MODEL_NOT_FOUND);
        models.insert(model("m", List.of(), Optional.empty()), Optional.empty());
        deployments.insert(deployment("m", "llama-cpp", launch), Optional.empty());
        fails(
                () -> deployments.insert(deployment("m", "vllm", launch), Optional.empty()),
                DeploymentError.DEPLOYMENT_PROFILE_DIFFERS);
    }

    @Test
    void aDeploymentIsStoppedBeforeItIsRemoved() {
        models.insert(model("m", List.of(), Optional.empty()), Optional.empty());
        Deployment made = deployment("m", "llama-cpp", new Launch.OnThisMachine("", 0, 0));
        deployments.insert(made, Optional.empty());
        fails(() -> deployments.delete(made.id()), DeploymentError.DEPLOYMENT_RUNNING);
        deployments.update(made.id(), "deployment.stop", each -> each.withDesired(DesiredState.STOPPED));
        deployments.delete(made.id());
        assertThat(deployments.find(made.id())).isEmpty();
        fails(() -> deployments.delete(made.id()), DeploymentError.DEPLOYMENT_NOT_FOUND);
        assertThat(auditEvents()).isEqualTo(4);
    }

    @Test
    void whatTheSettingsAskForComesInOnceUntilTheyAskForSomethingElse() {
        models.insert(model("m", List.of(), Optional.empty()), Optional.empty());
        Deployment first = deployment("m", "llama-cpp", new Launch.OnThisMachine("/a", 0, 0));
        assertThat(deployments.install("deployment/chat/m", first)).isTrue();
        deployments.update(first.id(), "deployment.stop", each -> each.withDesired(DesiredState.STOPPED));
        Deployment again = deployment("m", "llama-cpp", new Launch.OnThisMachine("/a", 0, 0));
        assertThat(deployments.install("deployment/chat/m", again)).isFalse();
        assertThat(deployments.all()).containsExactly(first.withDesired(DesiredState.STOPPED));

        Deployment other = deployment("m", "llama-cpp", new Launch.OnThisMachine("/b", 0, 0));
        assertThat(deployments.install("deployment/chat/m", other)).isTrue();
        assertThat(deployments.all()).containsExactly(other);
        assertThat(deployments.uninstallExcept("deployment/", List.of("deployment/chat/m")))
                .isFalse();
        assertThat(deployments.uninstallExcept("deployment/", List.of())).isTrue();
        assertThat(deployments.all()).isEmpty();
        assertThat(deployments.install("deployment/chat/m", again)).isTrue();
    }

    @Test
    void whatTheSettingsAskForDoesNotComeBackWithoutItsModel() {
        Deployment made = deployment("removed", "llama-cpp", new Launch.OnThisMachine("", 0, 0));
        assertThat(deployments.install("deployment/chat/removed", made)).isFalse();
        models.insert(model("removed", List.of(), Optional.empty()), Optional.empty());
        assertThat(deployments.install("deployment/chat/removed", made)).isTrue();
    }

    private Model model(String name, List<String> tenants, Optional<ThinkingDefault> thinking) {
        return new Model(
                new ModelId(ids.next(ModelId.PREFIX)),
                name,
                Set.of(ModelCapability.CHAT, ModelCapability.EMBEDDINGS),
                new Model.About(
                        "이름",
                        "설명",
                        4096,
                        512,
                        "Apache-2.0",
                        tenants,
                        tenants.stream()
                                .map(tenant -> new TenantShare(tenant, 3))
                                .toList()),
                false,
                thinking,
                false,
                clock.instant());
    }

    private static Model newRelease(Model entry) {
        return new Model(
                entry.id(),
                entry.name(),
                entry.capabilities(),
                entry.about().withLicence("another"),
                entry.builtIn(),
                entry.thinking(),
                true,
                entry.createTime());
    }

    private Deployment deployment(String model, String profile, Launch launch) {
        return new Deployment(
                new DeploymentId(ids.next(DeploymentId.PREFIX)),
                model,
                profile,
                launch,
                1,
                DesiredState.RUNNING,
                clock.instant());
    }

    private long auditEvents() {
        return transactions.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM audit_outbox")
                .mapTo(Long.class)
                .one());
    }

    private static void fails(ThrowingCallable call, ErrorReason reason) {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(call)
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}
