package ai.exaone.testing;

/** The database servers that the platform's SQL must run on. */
public enum Engine {
    /** The MariaDB that a one-machine installation runs; there for every test. */
    MARIADB,
    /** A real MySQL, as partners bring; there for tests where {@link EveryEngine} says so. */
    MYSQL;

    ServerFiles files() {
        return switch (this) {
            case MARIADB -> new MariaDbFiles();
            case MYSQL -> new MySqlFiles();
        };
    }
}
