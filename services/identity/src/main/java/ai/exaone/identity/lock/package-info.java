/** Owns how work on one thing, such as a session, is done one after another within this process. */
@NullMarked
package ai.exaone.identity.lock;

import org.jspecify.annotations.NullMarked;
