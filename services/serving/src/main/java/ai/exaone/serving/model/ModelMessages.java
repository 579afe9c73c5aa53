package ai.exaone.serving.model;

import ai.exaone.proto.serving.v1.Model;
import ai.exaone.proto.serving.v1.ModelCapability;
import ai.exaone.proto.serving.v1.TenantModel;
import ai.exaone.proto.serving.v1.TenantShare;
import ai.exaone.rpc.TimeWire;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Models as they are said on the wire. */
public final class ModelMessages {
    private ModelMessages() {}

    static Model message(ai.exaone.serving.model.Model model) {
        return Model.newBuilder()
                .setModelId(model.id().value())
                .setName(model.name())
                .setDisplayName(model.about().displayName())
                .setDescription(model.about().description())
                .addAllCapabilities(capabilities(model))
                .setContextTokens(model.about().contextTokens())
                .setDefaultOutputTokens(model.about().defaultOutputTokens())
                .setLicence(model.about().licence())
                .addAllTenantIds(model.about().tenantIds())
                .addAllTenantShares(shares(model))
                .setBuiltIn(model.builtIn())
                .setCreateTime(TimeWire.of(model.createTime()))
                .build();
    }

    static TenantModel tenantMessage(ai.exaone.serving.model.Model model, boolean ready) {
        return TenantModel.newBuilder()
                .setName(model.name())
                .setDisplayName(model.about().displayName())
                .setDescription(model.about().description())
                .addAllCapabilities(capabilities(model))
                .setContextTokens(model.about().contextTokens())
                .setReady(ready)
                .setBuiltIn(model.builtIn())
                .build();
    }

    static ai.exaone.serving.model.Model.About about(Model message) {
        return new ai.exaone.serving.model.Model.About(
                message.getDisplayName(),
                message.getDescription(),
                message.getContextTokens(),
                message.getDefaultOutputTokens(),
                message.getLicence(),
                message.getTenantIdsList(),
                message.getTenantSharesList().stream()
                        .map(share -> new ai.exaone.serving.model.TenantShare(share.getTenantId(), share.getWeight()))
                        .toList());
    }

    /** How tenants share a model, on the wire. */
    public static List<TenantShare> shares(ai.exaone.serving.model.Model model) {
        return model.about().tenantShares().stream()
                .map(share -> TenantShare.newBuilder()
                        .setTenantId(share.tenantId())
                        .setWeight(share.weight())
                        .build())
                .toList();
    }

    static Set<ai.exaone.serving.model.ModelCapability> capabilities(Model message) {
        return message.getCapabilitiesList().stream()
                .map(ModelMessages::capability)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A capability on the wire. */
    public static ModelCapability capability(ai.exaone.serving.model.ModelCapability capability) {
        return switch (capability) {
            case CHAT -> ModelCapability.MODEL_CAPABILITY_CHAT;
            case EMBEDDINGS -> ModelCapability.MODEL_CAPABILITY_EMBEDDINGS;
            case RERANK -> ModelCapability.MODEL_CAPABILITY_RERANK;
        };
    }

    private static ai.exaone.serving.model.ModelCapability capability(ModelCapability capability) {
        return switch (capability) {
            case MODEL_CAPABILITY_CHAT -> ai.exaone.serving.model.ModelCapability.CHAT;
            case MODEL_CAPABILITY_EMBEDDINGS -> ai.exaone.serving.model.ModelCapability.EMBEDDINGS;
            case MODEL_CAPABILITY_RERANK -> ai.exaone.serving.model.ModelCapability.RERANK;
            case MODEL_CAPABILITY_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("Validation lets no unknown capability through");
        };
    }

    private static List<ModelCapability> capabilities(ai.exaone.serving.model.Model model) {
        return model.capabilities().stream()
                .sorted()
                .map(ModelMessages::capability)
                .toList();
    }
}
