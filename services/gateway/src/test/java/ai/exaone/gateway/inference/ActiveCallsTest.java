package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AcceptedKey;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.auth.Principals;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.gateway.relay.Timeouts;
import ai.exaone.rpc.Principal;
import io.netty.channel.DefaultEventLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActiveCallsTest {
    private static final AcceptedKey UNCHANGED =
            new AcceptedKey(TestIds.KEY, Set.of("inference"), List.of(), Optional.empty());

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final AtomicInteger asked = new AtomicInteger();
    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final ActiveCalls calls = new ActiveCalls(RelayConfig.DEFAULTS, Clock.systemUTC(), now::get);

    @AfterEach
    void close() {
        calls.close();
        loop.shutdownGracefully();
    }

    @Test
    void endsTheCallsOfARevokedKey() {
        try (ActiveCall call = enter(key(Optional.empty()));
                ActiveCall run = enter(run());
                ActiveCall person = enter(person())) {
            calls.revoked(TestIds.KEY);

            assertThat(reason(call)).contains(AuthError.KEY_NOT_ACCEPTED);
            assertThat(reason(run)).contains(AuthError.KEY_NOT_ACCEPTED);
            assertThat(reason(person)).isEmpty();
        }
    }

    @Test
    void endsWhatAChangedKeyMayNoLongerDo() {
        AcceptedKey narrower = new AcceptedKey(TestIds.KEY, Set.of("inference"), List.of("other"), Optional.empty());
        try (ActiveCall call = enter(key(Optional.empty()));
                ActiveCall young = enter(key(Optional.empty()));
                ActiveCall run = enter(run())) {
            call.calls("chat", Timeouts.DEFAULTS);
            calls.changed(UNCHANGED);
            assertThat(reason(call)).isEmpty();

            calls.changed(narrower);
            assertThat(reason(call)).contains(AuthError.INFERENCE_NOT_PERMITTED);
            assertThat(reason(young)).as("The model is not known yet").isEmpty();
            young.calls("chat", Timeouts.DEFAULTS);
            assertThat(reason(young)).contains(AuthError.INFERENCE_NOT_PERMITTED);
            assertThat(reason(run))
                    .as("A run's models are its release's matter")
                    .isEmpty();
        }
    }

    @Test
    void endsTheCallsOfAKeyThatExpires() {
        try (ActiveCall call = enter(key(Optional.of(Instant.EPOCH)));
                ActiveCall later = enter(key(Optional.of(Instant.now().plus(Duration.ofDays(1)))))) {
            Awaitility.await().until(() -> call.ended().isPresent());

            assertThat(reason(call)).contains(AuthError.KEY_NOT_ACCEPTED);
            assertThat(reason(later)).isEmpty();
        }
    }

    @Test
    void endsTheCallsOfKeysThatAreNotStated() {
        try (ActiveCall call = enter(key(Optional.empty()));
                ActiveCall person = enter(person())) {
            now.addAndGet(Duration.ofSeconds(10).toNanos());
            calls.restated(Map.of(TestIds.KEY, UNCHANGED));
            assertThat(reason(call)).isEmpty();

            calls.restated(Map.of());
            assertThat(reason(call)).contains(AuthError.KEY_NOT_ACCEPTED);
            assertThat(reason(person)).isEmpty();
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void asksForKeysThatMayBeTooYoungToBeStated() {
        try (ActiveCall accepted = enter(key(Optional.empty()));
                ActiveCall revoked = enter(new Caller(key(Optional.empty()).principal(), TestIds.PROJECT, () -> {
                    asked.incrementAndGet();
                    throw new PlatformException(AuthError.KEY_NOT_ACCEPTED, "It is revoked.");
                }))) {
            calls.restated(Map.of());
            Awaitility.await().until(() -> asked.get() == 2 && revoked.ended().isPresent());

            assertThat(reason(revoked)).contains(AuthError.KEY_NOT_ACCEPTED);
            assertThat(reason(accepted)).isEmpty();
        }
    }

    @Test
    void countsWhatBecomesOfKeys() {
        long before = calls.keyChanges();
        calls.revoked(TestIds.KEY);
        calls.changed(UNCHANGED);
        calls.restated(Map.of());

        assertThat(calls.keyChanges() - before).isEqualTo(3);
    }

    private ActiveCall enter(Caller caller) {
        return calls.enter(caller, loop);
    }

    private static Optional<ErrorReason> reason(ActiveCall call) {
        return call.ended().map(PlatformException::reason);
    }

    private Caller key(Optional<Instant> expiresAt) {
        Principal principal =
                Principal.key(TestIds.KEY, "key", TestIds.TENANT, TestIds.PROJECT, Set.of(Principals.CALL), List.of());
        return new Caller(principal, TestIds.PROJECT, this::token, expiresAt);
    }

    private Caller run() {
        Principal principal = new Principal(
                TestIds.RUN,
                "clerk",
                Principal.Kind.RUN,
                Optional.of(TestIds.TENANT),
                Optional.of(TestIds.PROJECT),
                Optional.of(TestIds.KEY),
                Optional.of(TestIds.AGENT),
                Optional.empty(),
                Optional.of(TestIds.RUN),
                Set.of(Principals.CALL),
                List.of("chat"),
                1);
        return new Caller(principal, TestIds.PROJECT, this::token);
    }

    private Caller person() {
        return new Caller(
                Principal.user("usr_1", "Hana", Optional.of(TestIds.TENANT), Set.of()), TestIds.PROJECT, this::token);
    }

    private String token() {
        asked.incrementAndGet();
        return "token";
    }
}
