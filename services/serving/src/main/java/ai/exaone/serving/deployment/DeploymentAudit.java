package ai.exaone.serving.deployment;

import ai.exaone.store.crypto.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is told of a deployment to those who may not know its engines' key. */
final class DeploymentAudit {
    private DeploymentAudit() {}

    static Map<String, Object> values(Deployment deployment) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("model", deployment.model());
        values.put("engine_profile", deployment.engineProfile());
        values.put("replicas", deployment.replicas());
        values.put("desired_state", deployment.desired().name());
        switch (deployment.launch()) {
            case Launch.OnThisMachine local -> {
                values.put("model_path", local.modelPath());
                values.put("threads", local.threads());
                values.put("context_tokens", local.contextTokens());
            }
            case Launch.Elsewhere elsewhere -> {
                values.put("urls", elsewhere.urls());
                values.put("engine_model", elsewhere.engineModel());
                values.put("engine_key", elsewhere.key().isPresent() ? "present" : "absent");
                // Not where nothing is said: what the settings ask for is told from before by these values.
                if (elsewhere.concurrentRequests() > 0) {
                    values.put("concurrent_requests", elsewhere.concurrentRequests());
                }
            }
        }
        return values;
    }

    /** All that a deployment consists of; of its key only a digest. */
    static String content(Deployment deployment) {
        String key = switch (deployment.launch()) {
            case Launch.OnThisMachine local -> "";
            case Launch.Elsewhere elsewhere ->
                elsewhere.key().map(each -> Sha256.hex(each.value())).orElse("");
        };
        return values(deployment) + "|" + key;
    }
}
