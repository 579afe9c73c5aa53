package ai.exaone.serving.deployment;

import ai.exaone.audit.Act;
import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.errors.PlatformException;
import ai.exaone.serving.installed.MySqlInstallations;
import ai.exaone.serving.model.ModelError;
import ai.exaone.store.ConstraintException;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** What is asked for, in the service's database. */
public final class MySqlDeploymentStore implements DeploymentStore {
    private final Transactions transactions;
    private final MySqlDeploymentRows rows;
    private final MySqlCreations creations;
    private final MySqlInstallations installations;
    private final MySqlAuditOutbox audit;

    public MySqlDeploymentStore(
            Transactions transactions,
            MySqlDeploymentRows rows,
            MySqlCreations creations,
            MySqlInstallations installations,
            MySqlAuditOutbox audit) {
        this.transactions = transactions;
        this.rows = rows;
        this.creations = creations;
        this.installations = installations;
        this.audit = audit;
    }

    @Override
    public Deployment insert(Deployment deployment, Optional<CreationRequest> request) {
        try {
            return transactions.inTransaction(handle -> {
                Optional<String> before =
                        creations.claim(handle, request, deployment.id().value());
                if (before.isPresent()) {
                    return require(rows.find(handle, new DeploymentId(before.get())));
                }
                requireSameProfile(handle, deployment);
                rows.insert(handle, deployment);
                audit.record(
                        handle,
                        Act.created(
                                "", "deployment.create", deployment.id().value(), DeploymentAudit.values(deployment)));
                return deployment;
            });
        } catch (ConstraintException violated) {
            if (violated.kind() == ConstraintException.Kind.PARENT_MISSING) {
                throw new PlatformException(
                        ModelError.MODEL_NOT_FOUND, "There is no model " + deployment.model() + " in the catalogue.");
            }
            throw violated;
        }
    }

    @Override
    public Optional<Deployment> find(DeploymentId id) {
        return transactions.withHandle(handle -> rows.find(handle, id));
    }

    @Override
    public List<Deployment> all() {
        return transactions.withHandle(rows::all);
    }

    @Override
    public Deployment update(DeploymentId id, String action, UnaryOperator<Deployment> change) {
        return transactions.inTransaction(handle -> {
            Deployment before = require(rows.lock(handle, id));
            Deployment after = change.apply(before);
            rows.write(handle, after);
            audit.record(
                    handle,
                    Act.changed("", action, id.value(), DeploymentAudit.values(before), DeploymentAudit.values(after)));
            return after;
        });
    }

    @Override
    public void delete(DeploymentId id) {
        transactions.useTransaction(handle -> {
            Deployment gone = require(rows.lock(handle, id));
            if (gone.desired() == DesiredState.RUNNING) {
                throw new PlatformException(
                        DeploymentError.DEPLOYMENT_RUNNING, "Stop the deployment before it is removed.");
            }
            rows.delete(handle, id);
            audit.record(handle, Act.deleted("", "deployment.delete", id.value(), DeploymentAudit.values(gone)));
        });
    }

    @Override
    public boolean install(String subject, Deployment deployment) {
        try {
            return transactions.inTransaction(handle -> install(handle, subject, deployment));
        } catch (ConstraintException violated) {
            if (violated.kind() == ConstraintException.Kind.PARENT_MISSING) {
                return false;
            }
            throw violated;
        }
    }

    private boolean install(Handle handle, String subject, Deployment deployment) {
        Optional<String> former = installations.resource(handle, subject);
        byte[] content = DeploymentAudit.content(deployment).getBytes(StandardCharsets.UTF_8);
        var outcome =
                installations.claim(handle, subject, content, deployment.id().value());
        if (outcome == MySqlInstallations.Outcome.SAME) {
            return false;
        }
        former.map(DeploymentId::new).ifPresent(id -> rows.delete(handle, id));
        rows.insert(handle, deployment);
        return true;
    }

    @Override
    public boolean uninstallExcept(String prefix, List<String> keep) {
        return transactions.inTransaction(handle -> {
            List<String> superfluous = installations.subjects(handle, prefix).stream()
                    .filter(subject -> !keep.contains(subject))
                    .toList();
            for (String subject : superfluous) {
                installations.resource(handle, subject).map(DeploymentId::new).ifPresent(id -> rows.delete(handle, id));
                installations.forget(handle, subject);
            }
            return !superfluous.isEmpty();
        });
    }

    /** Gateways are told one way of speaking to a model's engines. */
    private void requireSameProfile(Handle handle, Deployment deployment) {
        boolean differs = rows.ofModel(handle, deployment.model()).stream()
                .anyMatch(other -> !other.engineProfile().equals(deployment.engineProfile()));
        if (differs) {
            throw new PlatformException(
                    DeploymentError.DEPLOYMENT_PROFILE_DIFFERS,
                    "The model is deployed with another kind of engine: all its deployments have the same.");
        }
    }

    private static Deployment require(Optional<Deployment> deployment) {
        return deployment.orElseThrow(
                () -> new PlatformException(DeploymentError.DEPLOYMENT_NOT_FOUND, "There is no such deployment."));
    }
}
