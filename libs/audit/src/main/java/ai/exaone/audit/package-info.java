/**
 * Owns how a service's changes reach identity's audit log: {@link ai.exaone.audit.MySqlAuditOutbox} writes an event down in the
 * transaction of its change, {@link ai.exaone.audit.AuditDelivery} takes it to identity until identity has it.
 */
@NullMarked
package ai.exaone.audit;

import org.jspecify.annotations.NullMarked;
