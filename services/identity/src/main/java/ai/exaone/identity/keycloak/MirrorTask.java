package ai.exaone.identity.keycloak;

import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import java.util.Optional;

/**
 * Something that must be compared with Keycloak.
 *
 * @param userId the person whose membership it is; empty for the tenant's organization itself
 * @param version of the task: a later change has a higher one
 * @param attempts how often it was tried before
 */
public record MirrorTask(TenantId tenantId, Optional<UserId> userId, long version, int attempts) {}
