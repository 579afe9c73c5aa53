package ai.exaone.identity.audit;

/**
 * Which acts of a tenant are wanted.
 *
 * @param actionPrefix only acts whose name begins so; empty for all
 * @param target only acts on this target; empty for all
 */
public record AuditFilter(String actionPrefix, String target) {
    public static final AuditFilter ALL = new AuditFilter("", "");
}
