package ai.exaone.gateway.files;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;

/** Why a file is not taken or not given. */
public enum FileError implements ErrorReason {
    /** There is none of that id in the project: it never was, was deleted, or has expired. */
    FILE_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** What was sent is no form with one file. */
    FORM_MALFORMED(ErrorCategory.INVALID_ARGUMENT),
    /** The file is longer than is kept. */
    FILE_TOO_LARGE(ErrorCategory.INVALID_ARGUMENT),
    /** The project keeps as much as it may. */
    FILES_FULL(ErrorCategory.FAILED_PRECONDITION),
    /** A batch that has not ended reads the file. */
    FILE_IN_USE(ErrorCategory.ABORTED),
    /** So many files are uploaded now that there is no room for another. */
    UPLOADS_BUSY(ErrorCategory.UNAVAILABLE);

    private final ErrorCategory category;

    FileError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    /** A file has more bytes than are kept. */
    static PlatformException tooLarge(long longest) {
        return PlatformException.because(
                        FILE_TOO_LARGE, "The file is longer than the " + longest + " bytes that are kept.")
                .violation("file", "Too long.")
                .build();
    }

    /** There is no such file, as far as the caller may know. */
    public static PlatformException notFound(String id) {
        return PlatformException.because(FILE_NOT_FOUND, "No such File object: " + id)
                .violation("id", "There is no such file.")
                .build();
    }
}
