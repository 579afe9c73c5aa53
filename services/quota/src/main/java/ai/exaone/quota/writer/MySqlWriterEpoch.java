package ai.exaone.quota.writer;

import ai.exaone.store.Transactions;
import org.jdbi.v3.core.Handle;

/**
 * The fence between processes. A claim waits for the writes in flight under the epoch before it, and later ones fail: so what a
 * claimer reads after its claim is complete.
 */
public final class MySqlWriterEpoch {
    private final Transactions transactions;
    private final String owner;

    /**
     * @param owner names this process, like no other before or after it
     */
    public MySqlWriterEpoch(Transactions transactions, String owner) {
        this.transactions = transactions;
        this.owner = owner;
    }

    /** Takes over from whoever writes; returns the new epoch. */
    public long claim() {
        return transactions.inTransaction(handle -> {
            handle.createUpdate("""
                            INSERT INTO writer_epoch (writer, epoch, owner)
                            VALUES ('admission', 1, :owner)
                            ON DUPLICATE KEY UPDATE epoch = epoch + 1, owner = VALUES(owner)
                            """).bind("owner", owner).execute();
            return newest(handle);
        });
    }

    /**
     * Goes on under a new epoch, after a write whose outcome is in doubt. Safe to repeat when its own outcome is in doubt.
     *
     * @throws SupersededException another process took over
     */
    public long renew() {
        return transactions.inTransaction(handle -> {
            int raised = handle.createUpdate("""
                            UPDATE writer_epoch
                               SET epoch = epoch + 1
                             WHERE writer = 'admission' AND owner = :owner
                            """).bind("owner", owner).execute();
            if (raised == 0) {
                throw new SupersededException();
            }
            return newest(handle);
        });
    }

    /**
     * Makes sure, until the caller's transaction ends, that an epoch is the newest.
     *
     * @throws SupersededException it is not
     */
    public void require(Handle handle, long epoch) {
        long newest = handle.createQuery("SELECT epoch FROM writer_epoch WHERE writer = 'admission' LOCK IN SHARE MODE")
                .mapTo(Long.class)
                .one();
        if (newest != epoch) {
            throw new SupersededException();
        }
    }

    /**
     * The same, and makes sure that nothing else is written under it until the caller's transaction ends: it waits for the writes in flight, and
     * later ones wait for it. To be held for milliseconds.
     *
     * @throws SupersededException it is not
     */
    public void requireAlone(Handle handle, long epoch) {
        long newest = handle.createQuery("SELECT epoch FROM writer_epoch WHERE writer = 'admission' FOR UPDATE")
                .mapTo(Long.class)
                .one();
        if (newest != epoch) {
            throw new SupersededException();
        }
    }

    private static long newest(Handle handle) {
        return handle.createQuery("SELECT epoch FROM writer_epoch WHERE writer = 'admission'")
                .mapTo(Long.class)
                .one();
    }
}
