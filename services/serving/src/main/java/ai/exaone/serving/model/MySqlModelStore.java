package ai.exaone.serving.model;

import ai.exaone.audit.Act;
import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.errors.PlatformException;
import ai.exaone.serving.engine.ThinkingDefault;
import ai.exaone.serving.installed.MySqlInstallations;
import ai.exaone.store.ConstraintException;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** The catalogue in the service's database. */
public final class MySqlModelStore implements ModelStore {
    private static final String SEPARATOR = ",";
    private static final String WEIGHS = "=";

    private final Transactions transactions;
    private final MySqlCreations creations;
    private final MySqlInstallations installations;
    private final MySqlAuditOutbox audit;

    public MySqlModelStore(
            Transactions transactions,
            MySqlCreations creations,
            MySqlInstallations installations,
            MySqlAuditOutbox audit) {
        this.transactions = transactions;
        this.creations = creations;
        this.installations = installations;
        this.audit = audit;
    }

    @Override
    public Model insert(Model model, Optional<CreationRequest> request) {
        try {
            return transactions.inTransaction(handle -> {
                Optional<String> before =
                        creations.claim(handle, request, model.id().value());
                if (before.isPresent()) {
                    return require(find(handle, new ModelId(before.get())));
                }
                insert(handle, model);
                audit.record(handle, Act.created("", "model.create", model.name(), ModelAudit.values(model)));
                return model;
            });
        } catch (ConstraintException violated) {
            throw nameTaken(violated, model);
        }
    }

    @Override
    public Optional<Model> find(ModelId id) {
        return transactions.withHandle(handle -> find(handle, id));
    }

    @Override
    public Optional<Model> findByName(String name) {
        return transactions.withHandle(handle -> findByName(handle, name));
    }

    @Override
    public Page<Model> list(PageRequest page) {
        List<Model> rows = transactions.withHandle(
                handle -> handle.createQuery("SELECT * FROM model WHERE name > :after ORDER BY name LIMIT :limit")
                        .bind("after", page.after().orElse(""))
                        .bind("limit", page.rows())
                        .map(MySqlModelStore::model)
                        .list());
        return Page.of(page, rows, model -> PageToken.of(model.name()));
    }

    @Override
    public List<Model> all() {
        return transactions.withHandle(handle -> handle.createQuery("SELECT * FROM model ORDER BY name")
                .map(MySqlModelStore::model)
                .list());
    }

    @Override
    public Model update(ModelId id, UnaryOperator<Model> change) {
        return transactions.inTransaction(handle -> {
            Model before = require(lock(handle, id));
            Model after = change.apply(before);
            write(handle, after);
            audit.record(
                    handle,
                    Act.changed("", "model.update", after.name(), ModelAudit.values(before), ModelAudit.values(after)));
            return after;
        });
    }

    @Override
    public void delete(ModelId id) {
        try {
            transactions.useTransaction(handle -> {
                Model gone = require(lock(handle, id));
                handle.createUpdate("DELETE FROM model WHERE model_id = :id")
                        .bind("id", id.value())
                        .execute();
                audit.record(handle, Act.deleted("", "model.delete", gone.name(), ModelAudit.values(gone)));
            });
        } catch (ConstraintException violated) {
            if (violated.kind() == ConstraintException.Kind.CHILDREN_EXIST) {
                throw new PlatformException(
                        ModelError.MODEL_DEPLOYED, "The model has deployments: remove them before it.");
            }
            throw violated;
        }
    }

    @Override
    public boolean install(Model entry) {
        return transactions.inTransaction(handle -> {
            byte[] content = (entry.capabilities().stream().sorted().toList() + "|" + entry.about() + "|"
                            + entry.thinking())
                    .getBytes(StandardCharsets.UTF_8);
            var outcome = installations.claim(handle, "model/" + entry.name(), content, "");
            return switch (outcome) {
                case SAME -> false;
                case FIRST -> insertUnlessTaken(handle, entry);
                case CHANGED -> refresh(handle, entry);
            };
        });
    }

    private static boolean insertUnlessTaken(Handle handle, Model entry) {
        if (findByName(handle, entry.name()).isPresent()) {
            return false;
        }
        insert(handle, entry);
        return true;
    }

    private static boolean refresh(Handle handle, Model entry) {
        Optional<Model> curated = findByName(handle, entry.name()).filter(Model::curated);
        curated.ifPresent(stored -> write(
                handle,
                new Model(
                        stored.id(),
                        entry.name(),
                        entry.capabilities(),
                        entry.about(),
                        entry.builtIn(),
                        entry.thinking(),
                        true,
                        stored.createTime())));
        return curated.isPresent();
    }

    private static void insert(Handle handle, Model model) {
        bind(handle.createUpdate("""
                                INSERT INTO model (model_id, name, display_name, description, capabilities, context_tokens,
                                                   default_output_tokens, licence, tenant_ids, tenant_shares, built_in,
                                                   thinking, curated, created_at)
                                VALUES (:id, :name, :displayName, :description, :capabilities, :contextTokens,
                                        :outputTokens, :licence, :tenants, :shares, :builtIn, :thinking, :curated, :createTime)
                                """), model)
                .bind("name", model.name())
                .bind("builtIn", model.builtIn())
                .bind("createTime", model.createTime())
                .execute();
    }

    private static void write(Handle handle, Model model) {
        bind(handle.createUpdate("""
                                UPDATE model
                                   SET display_name = :displayName, description = :description, capabilities = :capabilities,
                                       context_tokens = :contextTokens, default_output_tokens = :outputTokens,
                                       licence = :licence, tenant_ids = :tenants, tenant_shares = :shares, thinking = :thinking,
                                       curated = :curated
                                 WHERE model_id = :id
                                """), model).execute();
    }

    private static Update bind(Update update, Model model) {
        return update.bind("id", model.id().value())
                .bind("displayName", model.about().displayName())
                .bind("description", model.about().description())
                .bind(
                        "capabilities",
                        join(model.capabilities().stream()
                                .map(Enum::name)
                                .sorted()
                                .toList()))
                .bind("contextTokens", model.about().contextTokens())
                .bind("outputTokens", model.about().defaultOutputTokens())
                .bind("licence", model.about().licence())
                .bind("tenants", join(model.about().tenantIds()))
                .bind(
                        "shares",
                        join(model.about().tenantShares().stream()
                                .map(share -> share.tenantId() + WEIGHS + share.weight())
                                .toList()))
                .bind("thinking", model.thinking().map(Enum::name).orElse(null))
                .bind("curated", model.curated());
    }

    private static Optional<Model> find(Handle handle, ModelId id) {
        return handle.createQuery("SELECT * FROM model WHERE model_id = :id")
                .bind("id", id.value())
                .map(MySqlModelStore::model)
                .findOne();
    }

    private static Optional<Model> lock(Handle handle, ModelId id) {
        return handle.createQuery("SELECT * FROM model WHERE model_id = :id FOR UPDATE")
                .bind("id", id.value())
                .map(MySqlModelStore::model)
                .findOne();
    }

    private static Optional<Model> findByName(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM model WHERE name = :name")
                .bind("name", name)
                .map(MySqlModelStore::model)
                .findOne();
    }

    private static Model model(ResultSet row, StatementContext context) throws SQLException {
        return new Model(
                new ModelId(row.getString("model_id")),
                row.getString("name"),
                split(row.getString("capabilities")).stream()
                        .map(ModelCapability::valueOf)
                        .collect(Collectors.toUnmodifiableSet()),
                new Model.About(
                        row.getString("display_name"),
                        row.getString("description"),
                        row.getInt("context_tokens"),
                        row.getInt("default_output_tokens"),
                        row.getString("licence"),
                        split(row.getString("tenant_ids")),
                        split(row.getString("tenant_shares")).stream()
                                .map(MySqlModelStore::share)
                                .toList()),
                row.getBoolean("built_in"),
                Optional.ofNullable(row.getString("thinking")).map(ThinkingDefault::valueOf),
                row.getBoolean("curated"),
                row.getTimestamp("created_at").toInstant());
    }

    private static Model require(Optional<Model> model) {
        return model.orElseThrow(() -> new PlatformException(ModelError.MODEL_NOT_FOUND, "There is no such model."));
    }

    private static RuntimeException nameTaken(ConstraintException violated, Model model) {
        if (violated.isDuplicateOf("model_name")) {
            return new PlatformException(
                    ModelError.MODEL_NAME_TAKEN, "A model named " + model.name() + " exists already.");
        }
        return violated;
    }

    private static TenantShare share(String stored) {
        int weighs = stored.indexOf(WEIGHS);
        return new TenantShare(stored.substring(0, weighs), Integer.parseInt(stored.substring(weighs + 1)));
    }

    private static String join(List<String> values) {
        return String.join(SEPARATOR, values);
    }

    private static List<String> split(String joined) {
        return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(SEPARATOR));
    }
}
