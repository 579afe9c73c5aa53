/**
 * Owns how services reach their databases: {@link ai.exaone.store.Database} from typed configuration, short
 * {@link ai.exaone.store.Transactions} that retry deadlocks, {@link ai.exaone.store.Migrations}, the
 * {@link ai.exaone.store.ChangeLog} that others follow, and the translation of every SQL failure into a named one.
 * SQL itself lives in each service's {@code MySql*} stores. Tests against real servers are in libs/testing, which has the servers.
 */
@NullMarked
package ai.exaone.store;

import org.jspecify.annotations.NullMarked;
