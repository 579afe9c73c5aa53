package ai.exaone.ledgerbench;

import ai.exaone.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The bare limit: rows of the ledger copied into a table like it by batches of plain JDBC, a commit each. Nothing else is written or checked. */
final class MySqlPlainInserts {
    private final Database database;

    MySqlPlainInserts(Database database) {
        this.database = database;
        database.transactions().withHandle(handle -> handle.execute("CREATE TABLE plain_record LIKE usage_record"));
    }

    /** The newest rows of the ledger, which {@link #insert} takes. */
    List<Object[]> newest(int rows) {
        return database.transactions().withHandle(handle -> {
            try (PreparedStatement query = handle.getConnection()
                            .prepareStatement("SELECT * FROM usage_record ORDER BY request_id DESC LIMIT " + rows);
                    ResultSet found = query.executeQuery()) {
                var all = new ArrayList<Object[]>();
                while (found.next()) {
                    var row = new Object[found.getMetaData().getColumnCount()];
                    for (int column = 0; column < row.length; column++) {
                        row[column] = found.getObject(column + 1);
                    }
                    all.add(row);
                }
                return all;
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    void insert(List<Object[]> rows, int together) {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            String places = "?" + ", ?".repeat(rows.getFirst().length - 1);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO plain_record VALUES (" + places + ")")) {
                for (int first = 0; first < rows.size(); first += together) {
                    for (Object[] row : rows.subList(first, Math.min(rows.size(), first + together))) {
                        for (int column = 0; column < row.length; column++) {
                            insert.setObject(column + 1, row[column]);
                        }
                        insert.addBatch();
                    }
                    insert.executeBatch();
                    connection.commit();
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
