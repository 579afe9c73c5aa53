package ai.exaone.gateway.auth;

/** The project that something kept belongs to: nobody else finds it. */
public record ProjectScope(String tenantId, String projectId) {}
