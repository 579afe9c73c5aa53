/**
 * Owns projects: what a tenant's keys, agents and secrets belong to. Enter at {@link
 * ai.exaone.identity.project.Projects}.
 */
@NullMarked
package ai.exaone.identity.project;

import org.jspecify.annotations.NullMarked;
