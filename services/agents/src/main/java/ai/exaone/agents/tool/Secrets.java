package ai.exaone.agents.tool;

import ai.exaone.agents.agent.ProjectScope;
import java.util.Map;
import java.util.Set;

/** Values of a project's secrets. Nobody keeps them longer than a call needs them. */
@FunctionalInterface
public interface Secrets {
    /** Values by name. Names that do not exist are left out. */
    Map<String, String> values(ProjectScope scope, Set<String> names);
}
