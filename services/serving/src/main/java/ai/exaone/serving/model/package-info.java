/**
 * Owns the catalogue: the models that this installation can serve. Enter at {@link ai.exaone.serving.model.Models}; the models known
 * from the start are data ({@code catalogue.yml}).
 */
@NullMarked
package ai.exaone.serving.model;

import org.jspecify.annotations.NullMarked;
