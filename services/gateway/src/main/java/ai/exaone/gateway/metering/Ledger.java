package ai.exaone.gateway.metering;

import java.util.List;

/** Where finished calls go. Failures are {@link ai.exaone.errors.PlatformException}s; a failed append may have been stored. */
public interface Ledger {
    /** Up to where our spool is stored. */
    SpoolPosition watermark();

    /**
     * Stores the calls of one stretch and its end as the new watermark, in one transaction.
     *
     * @param from the watermark
     * @return the watermark now in force; another than {@code to} when {@code from} was not the watermark: then nothing was stored
     */
    SpoolPosition append(SpoolPosition from, SpoolPosition to, List<DrainedCall> calls);
}
