package ai.exaone.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.IdentityStores;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.session.ScriptedSignInServer.Behaviour;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.crypto.MasterKey;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.MutableClock;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A session's life by the clock, and while the sign-in server is away. The store is real. */
@EveryEngine(migrated = "identity")
final class SessionsTest {
    private static final Actor REQUEST = new Actor("service:gateway", "service:gateway", "req", "127.0.0.1");

    private final MutableClock clock = MutableClock.started();
    private final ScriptedSignInServer server = new ScriptedSignInServer();
    private final TestDatabase database;
    private final IdentityStores stores;
    private final Sessions sessions;

    SessionsTest(TestDatabase database) {
        this.database = database;
        var random = new SecureRandom();
        stores = IdentityStores.on(
                database.transactions(), new MasterKey(new byte[32], random), new IdGenerator(clock, random), clock);
        sessions = new Sessions(stores.sessions(), server, stores.people(), random, clock);
    }

    @Test
    void keycloakIsAskedAgainOnceAnAccessTokensLifeIsOver() {
        String token = open();
        clock.advance(Duration.ofMinutes(4));
        sessions.holder(token);
        assertThat(server.refreshes).hasValue(0);

        server.platformAdmin = false;
        clock.advance(Duration.ofMinutes(1));
        assertThat(sessions.holder(token).platformAdmin()).isFalse();
        sessions.holder(token);
        assertThat(server.refreshes).hasValue(1);
        assertThat(sessions.holder(token).person().platformAdminAt()).isEmpty();
    }

    @Test
    void anOutageSignsNobodyOutForTenMinutesAndEndsNoSession() {
        String token = open();
        server.behaviour = Behaviour.IS_AWAY;
        clock.advance(Duration.ofMinutes(14));
        assertThat(sessions.holder(token).platformAdmin()).isTrue();

        clock.advance(Duration.ofMinutes(1));
        assertRefused("SIGN_IN_UNAVAILABLE", () -> sessions.holder(token));

        server.behaviour = Behaviour.VOUCHES;
        clock.advance(Duration.ofSeconds(5));
        assertThat(sessions.holder(token).person().displayName()).isEqualTo("Kim");
    }

    @Test
    void whileTheServerIsAwayItIsAskedSeldom() {
        String token = open();
        server.behaviour = Behaviour.IS_AWAY;
        clock.advance(Duration.ofMinutes(6));
        for (int request = 0; request < 10; request++) {
            sessions.holder(token);
        }
        assertThat(server.refreshes).hasValue(1);
    }

    @Test
    void aRefusalEndsTheSessionForGood() {
        String token = open();
        server.behaviour = Behaviour.REFUSES;
        clock.advance(Duration.ofMinutes(5));
        assertRefused("SESSION_ENDED", () -> sessions.holder(token));

        server.behaviour = Behaviour.VOUCHES;
        assertRefused("SESSION_ENDED", () -> sessions.holder(token));
    }

    @Test
    void manyRequestsAtOnceAskOnce() throws Exception {
        String token = open();
        clock.advance(Duration.ofMinutes(5));
        var requests = new ArrayList<Future<Sessions.Holder>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int request = 0; request < 8; request++) {
                requests.add(executor.submit(() -> sessions.holder(token)));
            }
        }
        for (Future<Sessions.Holder> request : requests) {
            assertThat(request.get().person().email()).isEqualTo("kim@example.com");
        }
        assertThat(server.refreshes).hasValue(1);
    }

    @Test
    void anUnusedSessionEndsAfterTwoHoursAndAUsedOneAfterTwelve() {
        String unused = open();
        String used = open();
        for (int quarter = 0; quarter < 47; quarter++) {
            clock.advance(Duration.ofMinutes(15));
            sessions.holder(used);
        }
        assertRefused("SESSION_ENDED", () -> sessions.holder(unused));
        clock.advance(Duration.ofMinutes(15));
        assertRefused("SESSION_ENDED", () -> sessions.holder(used));

        sessions.sweep();
        assertThat(count()).isZero();
    }

    @Test
    void signingOutWorksWhileTheServerIsAway() {
        String token = open();
        server.behaviour = Behaviour.IS_AWAY;
        sessions.close(token, REQUEST);
        sessions.close(token, REQUEST);
        assertRefused("SESSION_ENDED", () -> sessions.holder(token));
    }

    @Test
    void neitherTheTokenNorTheRefreshTokenIsInTheDatabase() {
        String token = open();
        List<String> stored = database.transactions()
                .withHandle(handle -> handle.createQuery(
                                "SELECT CONCAT(HEX(token_hash), HEX(refresh_token)) FROM console_session")
                        .mapTo(String.class)
                        .list());
        String hexOfRefresh = "726566726573682D30";
        assertThat(stored).singleElement().satisfies(row -> assertThat(row).doesNotContain(hexOfRefresh));
        assertThat(stored.toString()).doesNotContain(token);
    }

    private String open() {
        return sessions.open("code", "verifier", "https://example.com/signin/callback", "nonce", REQUEST)
                .token()
                .text();
    }

    private int count() {
        return database.transactions()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM console_session")
                        .mapTo(Integer.class)
                        .one());
    }

    private static void assertRefused(String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        failure -> assertThat(failure.reason().name()).isEqualTo(reason));
    }
}
