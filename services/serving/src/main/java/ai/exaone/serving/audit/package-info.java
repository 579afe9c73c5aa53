/**
 * Owns what is told to the audit log: an event is written to {@link ai.exaone.serving.audit.MySqlAuditOutbox} in the transaction of
 * its change.
 */
@NullMarked
package ai.exaone.serving.audit;

import org.jspecify.annotations.NullMarked;
