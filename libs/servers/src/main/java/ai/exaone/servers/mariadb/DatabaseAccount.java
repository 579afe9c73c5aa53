package ai.exaone.servers.mariadb;

import java.util.regex.Pattern;

/**
 * A database and the one user that may do anything in it and nothing elsewhere, from loopback only.
 *
 * @param name of the database and of the user
 * @param password letters and digits
 */
public record DatabaseAccount(String name, String password) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9]{8,128}");

    public DatabaseAccount {
        // Both are written into SQL as they are, so nothing else may be in them.
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a database name: " + name);
        }
        if (!PASSWORD.matcher(password).matches()) {
            throw new IllegalArgumentException("The password of " + name + " must be 8 to 128 letters and digits");
        }
    }

    String statements() {
        return """
                CREATE DATABASE IF NOT EXISTS `%1$s` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
                CREATE USER IF NOT EXISTS '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
                ALTER USER '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
                GRANT ALL PRIVILEGES ON `%1$s`.* TO '%1$s'@'127.0.0.1';
                """.formatted(name, password);
    }

    @Override
    public String toString() {
        return "DatabaseAccount[" + name + "]";
    }
}
