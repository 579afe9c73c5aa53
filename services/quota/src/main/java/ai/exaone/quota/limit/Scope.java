package ai.exaone.quota.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What of a tenant is counted together.
 *
 * @param projectId empty for the whole tenant
 * @param keyId empty for the whole project; needs a project
 * @param agentId empty for all calls of the project or key, whoever makes them; needs a project and goes without a key
 * @param models that are counted together
 */
public record Scope(String projectId, String keyId, String agentId, Models models) {
    private static final Pattern ID = Pattern.compile("[a-z]{2,8}_[0-9a-z]{1,55}");

    public Scope {
        if (!keyId.isEmpty() && projectId.isEmpty()) {
            throw new IllegalArgumentException("A key is named with its project");
        }
        if (!agentId.isEmpty() && (projectId.isEmpty() || !keyId.isEmpty())) {
            throw new IllegalArgumentException("An agent is named with its project, and without a key");
        }
    }

    /** Whoever calls, an agent or not. */
    public Scope(String projectId, String keyId, Models models) {
        this(projectId, keyId, "", models);
    }

    /**
     * For one model or for all.
     *
     * @param model empty for all models together
     */
    public Scope(String projectId, String keyId, String model) {
        this(projectId, keyId, Models.of(model));
    }

    /**
     * The scopes that a call counts in: tenant, project, key, agent, each for all models and for its own; the widest first.
     *
     * @param keyId empty for a caller without a key
     * @param agentId empty where no agent calls
     */
    public static List<Scope> above(String projectId, String keyId, String agentId, String model) {
        Models own = Models.of(model);
        var scopes = new ArrayList<Scope>(8);
        scopes.add(new Scope("", "", Models.ALL));
        scopes.add(new Scope("", "", own));
        scopes.add(new Scope(projectId, "", Models.ALL));
        scopes.add(new Scope(projectId, "", own));
        if (!keyId.isEmpty()) {
            scopes.add(new Scope(projectId, keyId, Models.ALL));
            scopes.add(new Scope(projectId, keyId, own));
        }
        if (!agentId.isEmpty()) {
            scopes.add(new Scope(projectId, "", agentId, Models.ALL));
            scopes.add(new Scope(projectId, "", agentId, own));
        }
        return scopes;
    }

    /** The scopes of each of its models alone; none for all models. */
    public List<Scope> byModel() {
        return models.names().stream()
                .map(name -> new Scope(projectId, keyId, agentId, Models.of(name)))
                .toList();
    }

    public boolean isWholeTenant() {
        return projectId.isEmpty();
    }

    /** 0 for a tenant, 1 for a project, 2 for a key or an agent. */
    public int depth() {
        return isWholeTenant() ? 0 : isWholeProject() ? 1 : 2;
    }

    /** Whether ids are formed as ids are; whether they exist is identity's to know. */
    public boolean isWellFormed() {
        return (projectId.isEmpty() || ID.matcher(projectId).matches())
                && (keyId.isEmpty() || ID.matcher(keyId).matches())
                && (agentId.isEmpty() || ID.matcher(agentId).matches())
                && models.isWellFormed();
    }

    /** The scope for people: {@code project prj_… on model M}. */
    public String words() {
        return subject() + models.words();
    }

    private String subject() {
        if (isWholeTenant()) {
            return "the tenant";
        }
        if (isWholeProject()) {
            return "project " + projectId;
        }
        return keyId.isEmpty() ? "agent " + agentId : "key " + keyId;
    }

    private boolean isWholeProject() {
        return keyId.isEmpty() && agentId.isEmpty();
    }
}
