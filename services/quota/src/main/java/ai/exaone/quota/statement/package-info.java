/**
 * Owns monthly statements: {@link ai.exaone.quota.statement.Statements} makes one of what a tenant's calls add up to, and closes those of months
 * that are over, after which they do not change. Integers of micro-KRW throughout; only the amount to be paid is rounded, once.
 */
@NullMarked
package ai.exaone.quota.statement;

import org.jspecify.annotations.NullMarked;
