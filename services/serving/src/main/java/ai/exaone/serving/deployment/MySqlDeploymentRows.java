package ai.exaone.serving.deployment;

import ai.exaone.store.crypto.MasterKey;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The rows of deployments, each read and written in its caller's transaction. Keys of engines are encrypted here. */
public final class MySqlDeploymentRows {
    private static final String PROCESS = "PROCESS";
    private static final String EXTERNAL = "EXTERNAL";
    private static final String SEPARATOR = "\n";

    private final MasterKey masterKey;

    public MySqlDeploymentRows(MasterKey masterKey) {
        this.masterKey = masterKey;
    }

    void insert(Handle handle, Deployment deployment) {
        Update insert = handle.createUpdate("""
                        INSERT INTO deployment (deployment_id, model, engine_profile, launcher, model_path, threads,
                                                context_tokens, urls, engine_model, engine_key, concurrent_requests,
                                                replicas, desired_state, created_at)
                        VALUES (:id, :model, :profile, :launcher, :modelPath, :threads,
                                :contextTokens, :urls, :engineModel, :engineKey, :concurrentRequests,
                                :replicas, :desired, :createTime)
                        """)
                .bind("id", deployment.id().value())
                .bind("model", deployment.model())
                .bind("profile", deployment.engineProfile())
                .bind("replicas", deployment.replicas())
                .bind("desired", deployment.desired().name())
                .bind("createTime", deployment.createTime());
        bind(insert, deployment).execute();
    }

    /** Writes what can change of a deployment. */
    void write(Handle handle, Deployment deployment) {
        handle.createUpdate(
                        "UPDATE deployment SET replicas = :replicas, desired_state = :desired WHERE deployment_id = :id")
                .bind("id", deployment.id().value())
                .bind("replicas", deployment.replicas())
                .bind("desired", deployment.desired().name())
                .execute();
    }

    void delete(Handle handle, DeploymentId id) {
        handle.createUpdate("DELETE FROM deployment WHERE deployment_id = :id")
                .bind("id", id.value())
                .execute();
    }

    Optional<Deployment> find(Handle handle, DeploymentId id) {
        return handle.createQuery("SELECT * FROM deployment WHERE deployment_id = :id")
                .bind("id", id.value())
                .map(this::deployment)
                .findOne();
    }

    Optional<Deployment> lock(Handle handle, DeploymentId id) {
        return handle.createQuery("SELECT * FROM deployment WHERE deployment_id = :id FOR UPDATE")
                .bind("id", id.value())
                .map(this::deployment)
                .findOne();
    }

    /** A model's deployments, locked until the transaction ends. */
    List<Deployment> ofModel(Handle handle, String model) {
        // The model's row is locked first: two concurrent first deployments of it wait for each other.
        handle.createQuery("SELECT model_id FROM model WHERE name = :model FOR UPDATE")
                .bind("model", model)
                .mapTo(String.class)
                .findOne();
        return handle.createQuery("SELECT * FROM deployment WHERE model = :model ORDER BY deployment_id")
                .bind("model", model)
                .map(this::deployment)
                .list();
    }

    List<Deployment> all(Handle handle) {
        return handle.createQuery("SELECT * FROM deployment ORDER BY model, deployment_id")
                .map(this::deployment)
                .list();
    }

    private Update bind(Update update, Deployment deployment) {
        return switch (deployment.launch()) {
            case Launch.OnThisMachine local ->
                update.bind("launcher", PROCESS)
                        .bind("modelPath", local.modelPath())
                        .bind("threads", local.threads())
                        .bind("contextTokens", local.contextTokens())
                        .bind("urls", "")
                        .bind("engineModel", "")
                        .bind("engineKey", (byte[]) null)
                        .bind("concurrentRequests", 0);
            case Launch.Elsewhere elsewhere ->
                update.bind("launcher", EXTERNAL)
                        .bind("modelPath", "")
                        .bind("threads", 0)
                        .bind("contextTokens", 0)
                        .bind("urls", String.join(SEPARATOR, elsewhere.urls()))
                        .bind("engineModel", elsewhere.engineModel())
                        .bind("engineKey", sealed(deployment.id(), elsewhere))
                        .bind("concurrentRequests", elsewhere.concurrentRequests());
        };
    }

    private Deployment deployment(ResultSet row, StatementContext context) throws SQLException {
        DeploymentId id = new DeploymentId(row.getString("deployment_id"));
        return new Deployment(
                id,
                row.getString("model"),
                row.getString("engine_profile"),
                launch(id, row),
                row.getInt("replicas"),
                DesiredState.valueOf(row.getString("desired_state")),
                row.getTimestamp("created_at").toInstant());
    }

    private Launch launch(DeploymentId id, ResultSet row) throws SQLException {
        String launcher = row.getString("launcher");
        return switch (launcher) {
            case PROCESS ->
                new Launch.OnThisMachine(
                        row.getString("model_path"), row.getInt("threads"), row.getInt("context_tokens"));
            case EXTERNAL ->
                new Launch.Elsewhere(
                        Arrays.asList(row.getString("urls").split(SEPARATOR)),
                        row.getString("engine_model"),
                        opened(id, row.getBytes("engine_key")),
                        row.getInt("concurrent_requests"));
            default -> throw new IllegalStateException("Deployment " + id + " has an unknown launcher " + launcher);
        };
    }

    private byte @Nullable [] sealed(DeploymentId id, Launch.Elsewhere elsewhere) {
        return elsewhere
                .key()
                .map(key -> masterKey.encrypt(key.value().getBytes(StandardCharsets.UTF_8), place(id)))
                .orElse(null);
    }

    private Optional<EngineKey> opened(DeploymentId id, byte @Nullable [] sealed) {
        return Optional.ofNullable(sealed)
                .map(bytes -> new EngineKey(new String(masterKey.decrypt(bytes, place(id)), StandardCharsets.UTF_8)));
    }

    private static String place(DeploymentId id) {
        return "serving/engine-key/" + id;
    }
}
