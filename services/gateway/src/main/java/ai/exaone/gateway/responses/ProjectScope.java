package ai.exaone.gateway.responses;

/** The project that a response belongs to: nobody else finds it. */
public record ProjectScope(String tenantId, String projectId) {}
