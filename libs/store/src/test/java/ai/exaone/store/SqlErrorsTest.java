package ai.exaone.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1062 | Duplicate entry 'a' for key 'tenant.uk_tenant_name' | UNIQUE | uk_tenant_name",
                "1062 | Duplicate entry 'a' for key 'uk_tenant_name' | UNIQUE | uk_tenant_name",
                "1062 | Duplicate entry 'it's for key 'x' for key 'tenant.PRIMARY' | UNIQUE | PRIMARY",
                "1452 | Cannot add or update a child row: a foreign key constraint fails (`d`.`c`, CONSTRAINT `fk_p` FOREIGN KEY (`p`) REFERENCES `p` (`id`)) | PARENT_MISSING | fk_p",
                "1451 | Cannot delete or update a parent row: a foreign key constraint fails (`d`.`c`, CONSTRAINT `fk_p` FOREIGN KEY (`p`) REFERENCES `p` (`id`)) | CHILDREN_EXIST | fk_p",
                "3819 | Check constraint 'ck_amount' is violated. | CHECK | ck_amount",
                "4025 | CONSTRAINT `ck_amount` failed for `d`.`t` | CHECK | ck_amount"
            },
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '"')
    void namesTheConstraintOnBothServers(int code, String message, ConstraintException.Kind kind, String name) {
        var failure = SqlErrors.translate(new IllegalStateException(new SQLException(message, "23000", code)));

        assertThat(failure).isInstanceOfSatisfying(ConstraintException.class, constraint -> {
            assertThat(constraint.kind()).isEqualTo(kind);
            assertThat(constraint.constraint()).isEqualTo(name);
        });
    }

    @ParameterizedTest
    @CsvSource({"1213, 40001", "1205, HY000", "1020, HY000", "0, 40001"})
    void contentionIsKnown(int code, String state) {
        var failure = new IllegalStateException(new SQLException("busy", state, code));

        assertThat(SqlErrors.isContention(failure)).isTrue();
        assertThat(SqlErrors.translate(failure)).hasToString("STORE_CONTENDED: Too many changes at once; try again.");
    }

    @Test
    void aMissingConnectionIsUnavailableAndItsTextStaysInside() {
        var failure = SqlErrors.translate(
                new IllegalStateException(new SQLTransientConnectionException("pool of db.internal:3306 is empty")));

        assertThat(failure).isInstanceOfSatisfying(PlatformException.class, named -> {
            assertThat(named.reason()).isEqualTo(StoreError.STORE_UNAVAILABLE);
            assertThat(named.publicMessage()).doesNotContain("db.internal");
        });
    }

    @Test
    void whatIsNoneOfTheseIsADefect() {
        var failure = SqlErrors.translate(new IllegalStateException(new SQLException("syntax", "42000", 1064)));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        named -> assertThat(named.reason()).isEqualTo(PlatformError.INTERNAL));
    }

    @Test
    void whatIsNotOfSqlPassesUnchanged() {
        var own = new PlatformException(PlatformError.CANCELLED, "Gone.");

        assertThat(SqlErrors.translate(own)).isSameAs(own);
    }
}
