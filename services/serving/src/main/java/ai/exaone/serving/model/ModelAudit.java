package ai.exaone.serving.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the audit log is told of a model. */
final class ModelAudit {
    private ModelAudit() {}

    static Map<String, Object> values(Model model) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("model_id", model.id().value());
        values.put("name", model.name());
        values.put("display_name", model.about().displayName());
        values.put("context_tokens", model.about().contextTokens());
        values.put("default_output_tokens", model.about().defaultOutputTokens());
        values.put("licence", model.about().licence());
        values.put("tenant_ids", model.about().tenantIds());
        values.put(
                "tenant_shares",
                model.about().tenantShares().stream()
                        .map(share -> share.tenantId() + "=" + share.weight())
                        .toList());
        return values;
    }
}
