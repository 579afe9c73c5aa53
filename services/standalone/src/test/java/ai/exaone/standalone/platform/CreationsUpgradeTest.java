package ai.exaone.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.store.Migrations;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.testing.Engine;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Clock;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What services remembered of creations before they did so in one way. */
@EveryEngine
class CreationsUpgradeTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    private final Engine engine;

    CreationsUpgradeTest(Engine engine) {
        this.engine = engine;
    }

    @Test
    void identityKeepsThem() {
        assertKept("identity", "4", """
                INSERT INTO remembered_request (tenant_id, rpc, request_id, content_hash, resource_id, created_at)
                VALUES ('tnt_1', 'CreateThingRequest', '요청', UNHEX('%s'), 'res_1', '2026-01-01 00:00:00.000001')
                """, new CreationRequest("tnt_1", "CreateThingRequest", "요청", HASH));
    }

    @Test
    void quotaKeepsThem() {
        assertKept("quota", "1", """
                INSERT INTO creation (tenant_id, rpc, request_id, content, resource_id, created_at)
                VALUES ('tnt_1', 'CreateThingRequest', '요청', '%s', 'res_1', '2026-01-01 00:00:00.000001')
                """, new CreationRequest("tnt_1", "CreateThingRequest", "요청", HASH));
    }

    @Test
    void servingKeepsThem() {
        assertKept("serving", "1", """
                INSERT INTO creation (rpc, request_id, content, resource_id, created_at)
                VALUES ('CreateThing', '요청', UNHEX('%s'), 'res_1', '2026-01-01 00:00:00.000001')
                """, new CreationRequest("", "CreateThingRequest", "요청", HASH));
    }

    @Test
    void agentsKeepThem() {
        assertKept("agents", "1", """
                INSERT INTO creation_request (tenant_id, rpc, request_id, fingerprint, resource_id, created_at)
                VALUES ('tnt_1', 'CreateThing', '요청', '%s', 'res_1', '2026-01-01 00:00:00.000001')
                """, new CreationRequest("tnt_1", "CreateThingRequest", "요청", HASH));
    }

    private void assertKept(String service, String version, String former, CreationRequest request) {
        try (var database = TestDatabase.create(engine, service)) {
            Flyway.configure()
                    .dataSource(database.database().dataSource())
                    .locations("classpath:db/migration/" + service)
                    .table("schema_history")
                    .target(version)
                    .load()
                    .migrate();
            database.transactions().withHandle(handle -> handle.execute(former.formatted(HASH)));

            Migrations.migrate(database.database(), service);

            var creations = new MySqlCreations(database.transactions(), Clock.systemUTC());
            Optional<String> made = database.transactions().withHandle(handle -> creations.find(handle, request));
            assertThat(made).contains("res_1");
        }
    }
}
