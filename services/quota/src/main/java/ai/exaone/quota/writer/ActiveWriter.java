package ai.exaone.quota.writer;

import ai.exaone.errors.PlatformException;
import java.util.function.LongFunction;

/** The right to change what admission decides by. Thread-safe. */
public interface ActiveWriter {
    /**
     * Runs a change, one at a time. It writes under the epoch it is given, through {@link MySqlWriterEpoch#require}, and only then
     * changes memory. When the outcome of its write is in doubt, memory is built again from the database.
     *
     * @throws PlatformException QUOTA_UNAVAILABLE while this process is not the active writer; whatever the change throws
     */
    <T> T change(LongFunction<T> change);
}
