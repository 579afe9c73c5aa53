package ai.exaone.store;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Binds instants cut to the microsecond: left to themselves, MariaDB cuts the rest and MySQL rounds it. */
final class StoredTimeArguments extends AbstractArgumentFactory<Instant> {
    StoredTimeArguments() {
        super(Types.TIMESTAMP);
    }

    @Override
    protected Argument build(Instant value, ConfigRegistry config) {
        var timestamp = Timestamp.from(StoredTime.of(value));
        return (position, statement, context) -> statement.setTimestamp(position, timestamp);
    }
}
