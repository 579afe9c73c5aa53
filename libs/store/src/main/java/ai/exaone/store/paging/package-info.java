/** Owns how lists are read in parts: {@link ai.exaone.store.paging.PageRequest} asks for one, {@link ai.exaone.store.paging.Page} is one. */
@NullMarked
package ai.exaone.store.paging;

import org.jspecify.annotations.NullMarked;
