package ai.exaone.serving.model;

import ai.exaone.serving.engine.ThinkingDefault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model of the catalogue.
 *
 * @param name what callers call it by; unique
 * @param about what people and gateways are told of it
 * @param builtIn whether it is one of the small models that come with the platform
 * @param thinking whether it thinks where the caller says nothing; empty where the engine's profile decides
 * @param curated whether it is still as the platform's own catalogue has it
 */
public record Model(
        ModelId id,
        String name,
        Set<ModelCapability> capabilities,
        About about,
        boolean builtIn,
        Optional<ThinkingDefault> thinking,
        boolean curated,
        Instant createTime) {
    /**
     * What an admin may change.
     *
     * @param contextTokens most tokens of input and output together; 0 where unknown
     * @param defaultOutputTokens most tokens of output where the caller names none; 0 for the engine's choice
     * @param licence of the weights, as named by their owner
     * @param tenantIds the tenants that see it; empty means all
     * @param tenantShares how tenants share it while it is busy
     */
    public record About(
            String displayName,
            String description,
            int contextTokens,
            int defaultOutputTokens,
            String licence,
            List<String> tenantIds,
            List<TenantShare> tenantShares) {
        public About {
            tenantIds = List.copyOf(tenantIds);
            tenantShares = List.copyOf(tenantShares);
        }

        /** What all tenants share alike. */
        public About(
                String displayName,
                String description,
                int contextTokens,
                int defaultOutputTokens,
                String licence,
                List<String> tenantIds) {
            this(displayName, description, contextTokens, defaultOutputTokens, licence, tenantIds, List.of());
        }

        public About withDisplayName(String value) {
            return new About(value, description, contextTokens, defaultOutputTokens, licence, tenantIds, tenantShares);
        }

        public About withDescription(String value) {
            return new About(displayName, value, contextTokens, defaultOutputTokens, licence, tenantIds, tenantShares);
        }

        public About withContextTokens(int value) {
            return new About(displayName, description, value, defaultOutputTokens, licence, tenantIds, tenantShares);
        }

        public About withDefaultOutputTokens(int value) {
            return new About(displayName, description, contextTokens, value, licence, tenantIds, tenantShares);
        }

        public About withLicence(String value) {
            return new About(
                    displayName, description, contextTokens, defaultOutputTokens, value, tenantIds, tenantShares);
        }

        public About withTenantIds(List<String> value) {
            return new About(
                    displayName, description, contextTokens, defaultOutputTokens, licence, value, tenantShares);
        }

        public About withTenantShares(List<TenantShare> value) {
            return new About(displayName, description, contextTokens, defaultOutputTokens, licence, tenantIds, value);
        }
    }

    public Model {
        capabilities = Set.copyOf(capabilities);
        if (capabilities.isEmpty()) {
            throw new IllegalArgumentException("A model can do something: " + name);
        }
    }

    /** Whether a tenant sees it. */
    public boolean visibleTo(String tenantId) {
        return about.tenantIds.isEmpty() || about.tenantIds.contains(tenantId);
    }

    /** As an admin changed it. */
    public Model changed(About newAbout) {
        return new Model(id, name, capabilities, newAbout, builtIn, thinking, false, createTime);
    }
}
