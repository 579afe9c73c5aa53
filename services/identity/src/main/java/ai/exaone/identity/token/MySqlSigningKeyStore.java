package ai.exaone.identity.token;

import ai.exaone.rpc.token.Ed25519Keys;
import ai.exaone.store.ConstraintException;
import ai.exaone.store.Transactions;
import ai.exaone.store.crypto.MasterKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing keys in MySQL or MariaDB, sealed under the master key. */
public final class MySqlSigningKeyStore implements SigningKeyStore {
    private static final Logger LOG = LoggerFactory.getLogger(MySqlSigningKeyStore.class);

    private final Transactions transactions;
    private final MasterKey masterKey;

    public MySqlSigningKeyStore(Transactions transactions, MasterKey masterKey) {
        this.transactions = transactions;
        this.masterKey = masterKey;
    }

    @Override
    public List<SigningKey> newest(int limit) {
        return transactions.withHandle(handle ->
                handle.createQuery("""
                        SELECT generation, key_id, public_key, private_key, created_at
                          FROM signing_key
                         ORDER BY generation DESC
                         LIMIT :limit
                        """).bind("limit", limit).map(this::key).list());
    }

    @Override
    public void add(SigningKey key) {
        try {
            transactions.useTransaction(handle -> handle.createUpdate("""
                            INSERT INTO signing_key (generation, key_id, public_key, private_key, created_at)
                            VALUES (:generation, :keyId, :publicKey, :privateKey, :createdAt)
                            """)
                    .bind("generation", key.generation())
                    .bind("keyId", key.keyId())
                    .bind("publicKey", Ed25519Keys.encode(key.publicKey()))
                    .bind("privateKey", masterKey.encrypt(key.privateKey().getEncoded(), place(key.keyId())))
                    .bind("createdAt", key.createdAt())
                    .execute());
            LOG.info("Internal tokens are signed with a new key, {}", key.keyId());
        } catch (ConstraintException refused) {
            if (!refused.isDuplicateOf("PRIMARY")) {
                throw refused;
            }
            LOG.debug("Another process made signing key {}", key.generation());
        }
    }

    private SigningKey key(ResultSet row, StatementContext context) throws SQLException {
        String keyId = row.getString("key_id");
        return new SigningKey(
                row.getLong("generation"),
                keyId,
                Ed25519Keys.decode(row.getBytes("public_key")),
                privateKey(masterKey.decrypt(row.getBytes("private_key"), place(keyId))),
                row.getTimestamp("created_at").toInstant());
    }

    private static String place(String keyId) {
        return "identity/signing-key/" + keyId;
    }

    private static PrivateKey privateKey(byte[] encoded) {
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("A stored signing key is not an Ed25519 key", broken);
        }
    }
}
