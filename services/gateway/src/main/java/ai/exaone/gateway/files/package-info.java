/**
 * Owns files: what callers upload for batches, and what batches make. {@link ai.exaone.gateway.files.CallerFiles} is what callers ask,
 * {@link ai.exaone.gateway.files.FileShelf} writes and reads what is in them, in chunks that are encrypted where they are kept.
 */
@NullMarked
package ai.exaone.gateway.files;

import org.jspecify.annotations.NullMarked;
