/**
 * The database server: {@link ai.exaone.servers.mariadb.MariaDbSoftware} unpacks it, {@link
 * ai.exaone.servers.mariadb.MariaDbServer} is one data folder with its command line and its accounts.
 */
@NullMarked
package ai.exaone.servers.mariadb;

import org.jspecify.annotations.NullMarked;
