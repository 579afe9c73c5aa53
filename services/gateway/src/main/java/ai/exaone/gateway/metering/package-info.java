/**
 * Owns the record of every call: {@link ai.exaone.gateway.metering.Meter} writes its beginning, progress and end to the
 * {@link ai.exaone.gateway.metering.Spool} on this machine's disk, {@link ai.exaone.gateway.metering.Drain} takes finished calls
 * to the ledger. Killing the process loses nothing; a power cut loses at most the last 20 ms.
 */
@NullMarked
package ai.exaone.gateway.metering;

import org.jspecify.annotations.NullMarked;
