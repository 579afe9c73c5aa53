/**
 * Owns what is told to the audit log: an event is written to {@link ai.exaone.quota.audit.MySqlAuditOutbox} in the transaction of
 * its change, and {@link ai.exaone.quota.audit.AuditDelivery} takes it to identity until identity has it.
 */
@NullMarked
package ai.exaone.quota.audit;

import org.jspecify.annotations.NullMarked;
