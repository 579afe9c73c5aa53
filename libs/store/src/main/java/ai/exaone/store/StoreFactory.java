package ai.exaone.store;

import ai.exaone.store.creation.MySqlCreations;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.value.PropertyResolver;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The parts of libs/store in every service's context. A service that asks for none of them has no database. */
@Factory
@Requires(property = StoreFactory.SERVICE)
final class StoreFactory {
    /** Says which service a context is; its database, settings and migrations are named after it. */
    static final String SERVICE = "exaone.service";

    @Singleton
    @Bean(preDestroy = "close")
    Database database(@Property(name = SERVICE) String service, PropertyResolver settings) {
        return Migrations.open(service, DatabaseSettings.read(service, settings));
    }

    @Singleton
    Transactions transactions(Database database) {
        return database.transactions();
    }

    @Singleton
    MySqlCreations creations(Transactions transactions, Clock clock) {
        return new MySqlCreations(transactions, clock);
    }
}
