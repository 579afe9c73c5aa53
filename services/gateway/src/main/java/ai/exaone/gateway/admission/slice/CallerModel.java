package ai.exaone.gateway.admission.slice;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A caller of a model, within its tenant; or what a limit is on.
 *
 * @param projectId of a limit also empty: the whole tenant
 * @param keyId empty for a caller without a key, and for a limit on a whole project
 * @param agentId empty where no agent calls, and for a limit on whoever calls
 * @param model of a limit also empty: all models together
 */
record CallerModel(String projectId, String keyId, String agentId, String model) {
    /** All that a limit above this caller may be on. */
    Set<CallerModel> above() {
        var above = new LinkedHashSet<CallerModel>();
        for (String ofModel : List.of("", model)) {
            above.add(new CallerModel("", "", "", ofModel));
            above.add(new CallerModel(projectId, "", "", ofModel));
            above.add(new CallerModel(projectId, keyId, "", ofModel));
            above.add(new CallerModel(projectId, "", agentId, ofModel));
        }
        return above;
    }
}
