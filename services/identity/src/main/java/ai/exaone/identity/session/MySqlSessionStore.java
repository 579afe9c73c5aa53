package ai.exaone.identity.session;

import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Audited;
import ai.exaone.identity.audit.MySqlAuditStore;
import ai.exaone.identity.id.UserId;
import ai.exaone.store.Transactions;
import ai.exaone.store.crypto.MasterKey;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Sessions in MySQL or MariaDB. */
public final class MySqlSessionStore implements SessionStore {
    private final Transactions transactions;
    private final MasterKey masterKey;
    private final MySqlAuditStore audit;

    public MySqlSessionStore(Transactions transactions, MasterKey masterKey, MySqlAuditStore audit) {
        this.transactions = transactions;
        this.masterKey = masterKey;
        this.audit = audit;
    }

    /** What the audit log says of a session: nothing but whose it was. */
    private record SignInOf(UserId userId) implements Audited {
        @Override
        public String auditTarget() {
            return userId.value();
        }

        @Override
        public Map<String, Object> auditValues() {
            return Map.of("user", userId.value());
        }
    }

    @Override
    public void insert(ConsoleSession session, Act act) {
        transactions.useTransaction(handle -> {
            handle.createUpdate("""
                            INSERT INTO console_session (token_hash, user_id, refresh_token, platform_admin, verified_at,
                                                         verified_until, created_at, last_used_at, expires_at)
                            VALUES (:key, :user, :refreshToken, :admin, :verifiedAt,
                                    :verifiedUntil, :createdAt, :lastUsedAt, :expiresAt)
                            """)
                    .bind("key", session.key().bytes())
                    .bind("user", session.userId().value())
                    .bind("refreshToken", sealed(session))
                    .bind("admin", session.platformAdmin())
                    .bind("verifiedAt", session.verifiedAt())
                    .bind("verifiedUntil", session.verifiedUntil())
                    .bind("createdAt", session.createdAt())
                    .bind("lastUsedAt", session.lastUsedAt())
                    .bind("expiresAt", session.expiresAt())
                    .execute();
            audit.created(handle, act, Optional.empty(), new SignInOf(session.userId()));
        });
    }

    @Override
    public Optional<ConsoleSession> find(SessionToken.Hash key) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT token_hash, user_id, refresh_token, platform_admin, verified_at, verified_until,
                               created_at, last_used_at, expires_at
                          FROM console_session
                         WHERE token_hash = :key
                        """)
                .bind("key", key.bytes())
                .map(this::session)
                .findOne());
    }

    @Override
    public void verified(ConsoleSession before, ConsoleSession after) {
        transactions.useTransaction(handle -> handle.createUpdate("""
                        UPDATE console_session
                           SET refresh_token = :refreshToken, platform_admin = :admin,
                               verified_at = :verifiedAt, verified_until = :verifiedUntil
                         WHERE token_hash = :key AND verified_at = :before
                        """)
                .bind("refreshToken", sealed(after))
                .bind("admin", after.platformAdmin())
                .bind("verifiedAt", after.verifiedAt())
                .bind("verifiedUntil", after.verifiedUntil())
                .bind("key", after.key().bytes())
                .bind("before", before.verifiedAt())
                .execute());
    }

    @Override
    public void used(SessionToken.Hash key, Instant now) {
        transactions.useTransaction(
                handle -> handle.createUpdate("UPDATE console_session SET last_used_at = :now WHERE token_hash = :key")
                        .bind("now", now)
                        .bind("key", key.bytes())
                        .execute());
    }

    @Override
    public void delete(ConsoleSession session, Act act) {
        transactions.useTransaction(handle -> {
            int deleted = handle.createUpdate("DELETE FROM console_session WHERE token_hash = :key")
                    .bind("key", session.key().bytes())
                    .execute();
            if (deleted > 0) {
                audit.deleted(handle, act, Optional.empty(), new SignInOf(session.userId()));
            }
        });
    }

    @Override
    public void deleteOver(Instant now) {
        transactions.useTransaction(handle -> handle.createUpdate("""
                        DELETE FROM console_session
                         WHERE expires_at <= :now OR last_used_at <= :idleSince
                        """)
                .bind("now", now)
                .bind("idleSince", now.minus(ConsoleSession.LONGEST_IDLE))
                .execute());
    }

    private ConsoleSession session(ResultSet row, StatementContext context) throws SQLException {
        var key = new SessionToken.Hash(row.getBytes("token_hash"));
        byte[] refreshToken = masterKey.decrypt(row.getBytes("refresh_token"), place(key));
        return new ConsoleSession(
                key,
                new UserId(row.getString("user_id")),
                new String(refreshToken, StandardCharsets.UTF_8),
                row.getBoolean("platform_admin"),
                row.getTimestamp("verified_at").toInstant(),
                row.getTimestamp("verified_until").toInstant(),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("last_used_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }

    private byte[] sealed(ConsoleSession session) {
        return masterKey.encrypt(session.refreshToken().getBytes(StandardCharsets.UTF_8), place(session.key()));
    }

    private static String place(SessionToken.Hash key) {
        return "identity/session/" + HexFormat.of().formatHex(key.bytes());
    }
}
