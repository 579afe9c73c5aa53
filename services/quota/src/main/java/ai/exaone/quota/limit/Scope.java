package ai.exaone.quota.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What of a tenant is counted together.
 *
 * @param projectId empty for the whole tenant
 * @param keyId empty for the whole project; needs a project
 * @param model empty for all models together
 */
public record Scope(String projectId, String keyId, String model) {
    private static final Pattern ID = Pattern.compile("[a-z]{2,8}_[0-9a-z]{1,55}");

    public Scope {
        if (!keyId.isEmpty() && projectId.isEmpty()) {
            throw new IllegalArgumentException("A key is named with its project");
        }
    }

    /** The scopes that a call counts in: tenant, project, key, each for all models and for its own; the widest first. */
    public static List<Scope> above(String projectId, String keyId, String model) {
        var scopes = new ArrayList<Scope>(6);
        scopes.add(new Scope("", "", ""));
        scopes.add(new Scope("", "", model));
        scopes.add(new Scope(projectId, "", ""));
        scopes.add(new Scope(projectId, "", model));
        if (!keyId.isEmpty()) {
            scopes.add(new Scope(projectId, keyId, ""));
            scopes.add(new Scope(projectId, keyId, model));
        }
        return scopes;
    }

    public boolean isWholeTenant() {
        return projectId.isEmpty();
    }

    /** 0 for a tenant, 1 for a project, 2 for a key. */
    public int depth() {
        return isWholeTenant() ? 0 : keyId.isEmpty() ? 1 : 2;
    }

    /** Whether ids are formed as ids are; whether they exist is identity's to know. */
    public boolean isWellFormed() {
        return (projectId.isEmpty() || ID.matcher(projectId).matches())
                && (keyId.isEmpty() || ID.matcher(keyId).matches())
                && model.equals(model.strip());
    }

    /** The scope for people: {@code project prj_… for model M}. */
    public String words() {
        String subject = isWholeTenant() ? "the tenant" : keyId.isEmpty() ? "project " + projectId : "key " + keyId;
        return model.isEmpty() ? subject : subject + " on model " + model;
    }
}
