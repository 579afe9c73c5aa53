package ai.exaone.identity.person;

import ai.exaone.identity.id.UserId;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** People in MySQL or MariaDB. */
public final class MySqlPersonStore implements PersonStore {
    /** How old the note that somebody is a platform admin may grow before a further sign of it is written down. */
    private static final Duration NOTE_AGE = Duration.ofMinutes(1);

    private static final String SELECT =
            "SELECT user_id, subject, kind, email, display_name, platform_admin_at FROM person ";

    private final Transactions transactions;
    private final IdGenerator ids;
    private final Clock clock;

    public MySqlPersonStore(Transactions transactions, IdGenerator ids, Clock clock) {
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Person signedIn(SignedInAccount account) {
        Optional<Person> known = transactions
                .withHandle(handle -> bySubject(handle, account.subject()))
                .filter(person -> isUpToDate(person, account));
        return known.orElseGet(() -> transactions.inTransaction(handle -> {
            write(handle, account);
            handle.createUpdate("DELETE FROM new_account WHERE email = :email")
                    .bind("email", account.email())
                    .execute();
            return bySubject(handle, account.subject()).orElseThrow();
        }));
    }

    private boolean isUpToDate(Person person, SignedInAccount account) {
        boolean sameAdmin = account.platformAdmin()
                ? person.platformAdminAt()
                        .filter(at -> at.isAfter(clock.instant().minus(NOTE_AGE)))
                        .isPresent()
                : person.platformAdminAt().isEmpty();
        return sameAdmin
                && person.kind() == account.kind()
                && person.email().equals(account.email())
                && person.displayName().equals(account.displayName());
    }

    private void write(Handle handle, SignedInAccount account) {
        Instant now = clock.instant();
        handle.createUpdate("""
                        INSERT INTO person (user_id, subject, kind, email, display_name, created_at, platform_admin_at)
                        VALUES (:id, :subject, :kind, :email, :displayName, :now, :adminAt)
                        ON DUPLICATE KEY UPDATE kind = :kind, email = :email, display_name = :displayName,
                                                platform_admin_at = :adminAt
                        """)
                .bind("id", ids.next(UserId.PREFIX))
                .bind("subject", account.subject())
                .bind("kind", account.kind().name())
                .bind("email", account.email())
                .bind("displayName", account.displayName())
                .bind("now", now)
                .bind("adminAt", account.platformAdmin() ? Optional.of(now) : Optional.<Instant>empty())
                .execute();
    }

    @Override
    public Person invited(String subject, String email) {
        return transactions.inTransaction(handle -> {
            handle.createUpdate("""
                            INSERT INTO person (user_id, subject, kind, email, display_name, created_at)
                            VALUES (:id, :subject, 'HUMAN', :email, '', :now)
                            ON DUPLICATE KEY UPDATE subject = subject
                            """)
                    .bind("id", ids.next(UserId.PREFIX))
                    .bind("subject", subject)
                    .bind("email", email)
                    .bind("now", clock.instant())
                    .execute();
            return bySubject(handle, subject).orElseThrow();
        });
    }

    @Override
    public Optional<Person> find(UserId userId) {
        return transactions.withHandle(handle -> handle.createQuery(SELECT + "WHERE user_id = :id")
                .bind("id", userId.value())
                .map(MySqlPersonStore::person)
                .findOne());
    }

    @Override
    public Optional<Person> findByEmail(String email) {
        return transactions.withHandle(handle -> handle.createQuery(
                        SELECT + "WHERE email = :email AND email <> '' ORDER BY user_id DESC LIMIT 1")
                .bind("email", email)
                .map(MySqlPersonStore::person)
                .findOne());
    }

    private static Optional<Person> bySubject(Handle handle, String subject) {
        return handle.createQuery(SELECT + "WHERE subject = :subject")
                .bind("subject", subject)
                .map(MySqlPersonStore::person)
                .findOne();
    }

    private static Person person(ResultSet row, StatementContext context) throws SQLException {
        return new Person(
                new UserId(row.getString("user_id")),
                row.getString("subject"),
                Person.Kind.valueOf(row.getString("kind")),
                row.getString("email"),
                row.getString("display_name"),
                Optional.ofNullable(row.getTimestamp("platform_admin_at")).map(Timestamp::toInstant));
    }
}
