/**
 * Owns the audit log. Identity's own changes are recorded in the transaction that makes them, by
 * MySqlAuditStore.append; other services deliver theirs through {@link ai.exaone.identity.audit.AuditRecordEndpoint}.
 * Enter at {@link ai.exaone.identity.audit.Act}.
 */
@NullMarked
package ai.exaone.identity.audit;

import org.jspecify.annotations.NullMarked;
