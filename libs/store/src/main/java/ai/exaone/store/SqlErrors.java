package ai.exaone.store;

import ai.exaone.errors.PlatformException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the driver means, on MySQL and MariaDB. The numbers are those of the servers' error message references;
 * both servers share them except where noted.
 */
final class SqlErrors {
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String CONNECTION_EXCEPTION_CLASS = "08";
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;
    private static final int ROW_CHANGED_SINCE_READ = 1020;
    private static final int DUPLICATE_ENTRY = 1062;
    private static final int ROW_IS_REFERENCED = 1451;
    private static final int NO_REFERENCED_ROW = 1452;
    private static final int CHECK_FAILED_MYSQL = 3819;
    private static final int CHECK_FAILED_MARIADB = 4025;
    private static final int TOO_MANY_CONNECTIONS = 1040;
    private static final int SERVER_SHUTDOWN = 1053;
    private static final int READ_ONLY_SERVER = 1290;
    private static final int READ_ONLY_SERVER_MARIADB = 1836;

    private static final Pattern DUPLICATE_KEY_NAME = Pattern.compile("for key '(?:[^']*\\.)?([^'.]+)'$");
    private static final Pattern CONSTRAINT_NAME = Pattern.compile("(?i)constraint [`']([^`']+)[`']");

    private SqlErrors() {}

    /** Whether the whole transaction was or can be undone and may succeed when it is run again. */
    static boolean isContention(Throwable failure) {
        return sqlException(failure)
                .filter(sql -> SERIALIZATION_FAILURE.equals(sql.getSQLState())
                        || sql.getErrorCode() == DEADLOCK
                        || sql.getErrorCode() == LOCK_WAIT_TIMEOUT
                        || sql.getErrorCode() == ROW_CHANGED_SINCE_READ)
                .isPresent();
    }

    /**
     * The failure as the platform names it: itself where it is no failure of SQL, a {@link ConstraintException}, or a
     * {@link PlatformException} whose cause is the original.
     */
    static RuntimeException translate(RuntimeException failure) {
        var found = sqlException(failure);
        if (found.isEmpty()) {
            return failure;
        }
        var sql = found.get();
        var constraint = constraint(sql, failure);
        if (constraint.isPresent()) {
            return constraint.get();
        }
        if (isContention(sql)) {
            return PlatformException.because(StoreError.STORE_CONTENDED, "Too many changes at once; try again.")
                    .cause(failure)
                    .build();
        }
        if (isUnavailable(sql)) {
            return PlatformException.because(StoreError.STORE_UNAVAILABLE, "The database cannot be reached.")
                    .cause(failure)
                    .build();
        }
        return PlatformException.internal(failure);
    }

    private static Optional<ConstraintException> constraint(SQLException sql, RuntimeException failure) {
        return Optional.ofNullable(constraintKind(sql.getErrorCode()))
                .map(kind -> new ConstraintException(kind, constraintName(sql), failure));
    }

    private static ConstraintException.@Nullable Kind constraintKind(int errorCode) {
        return switch (errorCode) {
            case DUPLICATE_ENTRY -> ConstraintException.Kind.UNIQUE;
            case NO_REFERENCED_ROW -> ConstraintException.Kind.PARENT_MISSING;
            case ROW_IS_REFERENCED -> ConstraintException.Kind.CHILDREN_EXIST;
            case CHECK_FAILED_MYSQL, CHECK_FAILED_MARIADB -> ConstraintException.Kind.CHECK;
            default -> null;
        };
    }

    /** MySQL says {@code 'table.key'} where MariaDB says {@code 'key'}; both quote the name of a constraint. */
    private static String constraintName(SQLException sql) {
        String message = Optional.ofNullable(sql.getMessage()).orElse("");
        Pattern pattern = sql.getErrorCode() == DUPLICATE_ENTRY ? DUPLICATE_KEY_NAME : CONSTRAINT_NAME;
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static boolean isUnavailable(SQLException sql) {
        String state = Optional.ofNullable(sql.getSQLState()).orElse("");
        return sql instanceof SQLTransientConnectionException
                || sql instanceof SQLNonTransientConnectionException
                || sql instanceof SQLRecoverableException
                || state.startsWith(CONNECTION_EXCEPTION_CLASS)
                || switch (sql.getErrorCode()) {
                    case TOO_MANY_CONNECTIONS, SERVER_SHUTDOWN, READ_ONLY_SERVER, READ_ONLY_SERVER_MARIADB -> true;
                    default -> false;
                };
    }

    private static Optional<SQLException> sqlException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }
}
