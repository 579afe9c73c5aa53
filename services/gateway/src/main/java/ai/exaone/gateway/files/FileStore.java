package ai.exaone.gateway.files;

import ai.exaone.gateway.auth.ProjectScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps files in chunks. Every method but {@link #forget} is about the files of one project alone. All may throw {@link
 * ai.exaone.errors.PlatformException} with a {@link ai.exaone.store.StoreError}.
 */
public interface FileStore {
    /**
     * Begins a file that nobody sees yet.
     *
     * @param abandonedAt when it is forgotten, unless it has become ready by then
     */
    void begin(ProjectScope scope, StoredFile file, Instant abandonedAt);

    /** Adds the next chunk of a file that was begun; repeated, it changes nothing. */
    void add(String fileId, int number, byte[] plain);

    /**
     * Says how long a file is and when it expires, and leaves it to somebody else to make it ready.
     *
     * @param abandonedAt when it is forgotten, unless it has become ready by then
     */
    void complete(ProjectScope scope, StoredFile file, Instant abandonedAt);

    /** From now on a file that was completed is seen. */
    void ready(ProjectScope scope, StoredFile file);

    Optional<StoredFile> find(ProjectScope scope, String id, Instant now);

    /**
     * Files of a project.
     *
     * @param purpose of that purpose alone
     */
    List<StoredFile> list(ProjectScope scope, Optional<FilePurpose> purpose, FilePage page, Instant now);

    /** Bytes of all files of a project, those that are being written included. */
    long bytesOf(ProjectScope scope, Instant now);

    /** One chunk of a file; empty where the file is gone. */
    Optional<byte[]> chunk(String fileId, int number);

    /**
     * Deletes a file at once; false where there is none.
     *
     * @throws ai.exaone.errors.PlatformException FILE_IN_USE
     */
    boolean delete(ProjectScope scope, String id, Instant now);

    /** Deletes a file that was begun, of whomever. */
    void abandon(String fileId);

    /**
     * Removes chunks of files that were deleted or have expired, and the files themselves when none are left. Files that batches still
     * read stay.
     *
     * @return how many rows went; fewer than {@code most} where nothing is left to remove
     */
    int forget(Instant now, int most);
}
