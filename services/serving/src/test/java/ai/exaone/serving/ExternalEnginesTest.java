package ai.exaone.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.internal.v1.ThinkingDefault;
import ai.exaone.proto.serving.v1.Deployment;
import ai.exaone.proto.serving.v1.ListDeploymentsRequest;
import ai.exaone.proto.serving.v1.ListModelsRequest;
import ai.exaone.proto.serving.v1.StopDeploymentRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Engines that run elsewhere, through the installation's settings and their changes. */
@Tag("server")
final class ExternalEnginesTest {
    private static final String LARGE = "LGAI-EXAONE/EXAONE-4.0-32B";
    private static final String EMBEDDER = "text-embedding-ko";
    private static final int LOOKS_AT_BOTH_TWICE = 4;

    private RunningServing serving;
    private StandInEngine engine;

    @BeforeEach
    void start() throws IOException {
        serving = new RunningServing();
        engine = new StandInEngine(LARGE, EMBEDDER, "agent/smuggled", "not a name");
    }

    @AfterEach
    void end() {
        serving.close();
        engine.close();
    }

    @Test
    void eachModelThatItListsIsServedUnderItsOwnName() throws IOException {
        serving.start(settings(engine.url() + "/v1/"));
        Route route = serving.awaitReplicas(LARGE, 1);
        assertThat(route.getReplicas(0).getUrl()).isEqualTo(engine.url());
        assertThat(route.getReplicas(0).getKey()).isEqualTo(StandInEngine.KEY);
        assertThat(route.getContextTokens()).isEqualTo(32768);
        assertThat(route.getTenantIdsList()).isEmpty();
        assertThat(route.getProfile().getThinking()).isEqualTo(ThinkingDefault.THINKING_DEFAULT_NONE);
        assertThat(route.getProfile().getToolCalls()).isTrue();
        serving.awaitReplicas(EMBEDDER, 1);
        assertThat(serving.routes()).containsOnlyKeys(LARGE, EMBEDDER);
    }

    @Test
    void itsKeyIsNeverSaidNorStoredInTheClear() throws IOException {
        serving.start(settings(engine.url()));
        serving.awaitReplicas(LARGE, 1);
        assertThat(deployments().toString()).doesNotContain(StandInEngine.KEY);
        List<byte[]> stored = serving.database()
                .transactions()
                .withHandle(
                        handle -> handle.createQuery("""
                        SELECT engine_key FROM deployment
                        UNION ALL SELECT payload FROM published_entry
                        UNION ALL SELECT payload FROM change_log
                        """).mapTo(byte[].class).list());
        assertThat(stored)
                .isNotEmpty()
                .allSatisfy(bytes -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .doesNotContain(StandInEngine.KEY));
    }

    @Test
    void itLeavesTheRoutesWhileItIsAwayOrIllAndTheModelStaysKnown() throws IOException {
        serving.start(settings(engine.url()));
        serving.awaitReplicas(LARGE, 1);
        engine.leave();
        serving.awaitReplicas(LARGE, 0);
        engine.comeBack();
        serving.awaitReplicas(LARGE, 1);
        engine.answerWith(503);
        serving.awaitReplicas(LARGE, 0);
        engine.answerWith(200);
        serving.awaitReplicas(LARGE, 1);
    }

    @Test
    void oneThatIsNotThereYetIsServedAsSoonAsItIs() throws IOException {
        engine.leave();
        serving.start(settings(engine.url()));
        await().until(() -> models() > 0);
        assertThat(serving.routes()).isEmpty();
        engine.comeBack();
        serving.awaitReplicas(LARGE, 1);
    }

    @Test
    void changedSettingsTakeThePlaceOfTheFormerAndAnAdminsStopStays() throws IOException {
        serving.start(settings(engine.url()));
        serving.awaitReplicas(LARGE, 1);
        serving.awaitReplicas(EMBEDDER, 1);
        Deployment embedder = deployments().stream()
                .filter(each -> each.getModel().equals(EMBEDDER))
                .findFirst()
                .orElseThrow();
        serving.deployments()
                .stopDeployment(StopDeploymentRequest.newBuilder()
                        .setDeploymentId(embedder.getDeploymentId())
                        .build());
        serving.awaitReplicas(EMBEDDER, 0);
        serving.stop();

        serving.start(settings(engine.url()));
        serving.awaitReplicas(LARGE, 1);
        assertThat(serving.awaitReplicas(EMBEDDER, 0)).isNotNull();
        serving.stop();

        try (var other = new StandInEngine(LARGE)) {
            serving.start(settings(other.url()));
            await().until(() -> serving.route(LARGE)
                    .filter(route -> route.getReplicasCount() == 1)
                    .filter(route -> route.getReplicas(0).getUrl().equals(other.url()))
                    .isPresent());
            await().until(() -> serving.route(EMBEDDER).isEmpty());
            assertThat(deployments()).hasSize(1);
        }
    }

    @Test
    void aRestartThatFindsEverythingAsItWasChangesNoRoute() throws IOException {
        serving.start(settings(engine.url()));
        serving.awaitReplicas(LARGE, 1);
        serving.awaitReplicas(EMBEDDER, 1);
        serving.stop();
        assertThat(routeChangesOfTheNextLife(() -> {})).isLessThanOrEqualTo(2);
    }

    @Test
    void anEngineThatIsTooBusyForTheFirstLookStaysInItsRoute() throws IOException {
        serving.start(settings(engine.url()));
        serving.awaitReplicas(LARGE, 1);
        serving.awaitReplicas(EMBEDDER, 1);
        serving.stop();
        engine.beBusy();
        int before = engine.asked();
        assertThat(routeChangesOfTheNextLife(() -> {
                    await().until(() -> engine.asked() >= before + LOOKS_AT_BOTH_TWICE);
                    engine.beIdle();
                }))
                .isLessThanOrEqualTo(2);
    }

    /** A replica has a new id at every start, so each route is told once more, with its replica and never without. */
    private long routeChangesOfTheNextLife(Runnable afterItsStart) throws IOException {
        Set<String> former = Set.of(replicaOf(LARGE), replicaOf(EMBEDDER));
        long before = routeReplicaChanges();
        serving.start(settings(engine.url()));
        afterItsStart.run();
        await().until(() -> !former.contains(replicaOf(LARGE)) && !former.contains(replicaOf(EMBEDDER)));
        return routeReplicaChanges() - before;
    }

    @Test
    void aModelThatTheCatalogueKnowsKeepsWhatTheCatalogueSays() throws IOException {
        try (var known = new StandInEngine("EXAONE-4.0-32B")) {
            for (int life = 0; life < 2; life++) {
                serving.start(settings(known.url()));
                Route route = serving.awaitReplicas("EXAONE-4.0-32B", 1);
                assertThat(route.getContextTokens()).isEqualTo(131_072);
                assertThat(licence("EXAONE-4.0-32B")).contains("1.2 - NC");
                serving.stop();
            }
        }
    }

    private String licence(String model) {
        return serving.models().listModels(ListModelsRequest.getDefaultInstance()).getModelsList().stream()
                .filter(each -> each.getName().equals(model))
                .findFirst()
                .orElseThrow()
                .getLicence();
    }

    private Map<String, Object> settings(String url) throws IOException {
        Path key = Files.writeString(serving.folder().resolve("engine-key"), StandInEngine.KEY + "\n");
        return Map.of("exaone.serving.engine-url", url, "exaone.serving.engine-key-file", key.toString());
    }

    private List<Deployment> deployments() {
        return serving.deployments()
                .listDeployments(ListDeploymentsRequest.getDefaultInstance())
                .getDeploymentsList();
    }

    private long models() {
        return serving.database()
                .transactions()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM model")
                        .mapTo(Long.class)
                        .one());
    }

    private String replicaOf(String model) {
        return serving.awaitReplicas(model, 1).getReplicas(0).getReplicaId();
    }

    private long routeReplicaChanges() {
        return serving.database()
                .transactions()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM change_log WHERE log = 'routes'")
                        .mapTo(Long.class)
                        .one());
    }
}
