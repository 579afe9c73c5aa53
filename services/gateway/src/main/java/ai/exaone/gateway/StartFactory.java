package ai.exaone.gateway;

import ai.exaone.gateway.admission.slice.SliceAdmission;
import ai.exaone.gateway.auth.Principals;
import ai.exaone.gateway.health.Readiness;
import ai.exaone.gateway.idempotency.KeptCalls;
import ai.exaone.gateway.inference.Operations;
import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.gateway.warmup.WarmPath;
import ai.exaone.gateway.warmup.WarmUp;
import ai.exaone.ids.IdGenerator;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** What happens before callers come. */
@Factory
final class StartFactory {
    private static final Duration LATELY = Duration.ofSeconds(5);

    @Singleton
    WarmUp warmUp(
            StartSettings settings,
            Clock clock,
            IdGenerator ids,
            RelayConfig relay,
            Operations operations,
            KeptCalls keptCalls) {
        return new WarmUp(() -> new WarmPath(clock, ids, relay, operations, keptCalls), settings.warmUp());
    }

    @Singleton
    Readiness readiness(Principals principals, Feeds feeds, SliceAdmission admission, StartSettings settings) {
        return new Readiness(
                () -> principals.ready() && feeds.routes().silence().compareTo(LATELY) <= 0 && admission.ready(),
                settings.patience());
    }

    /** Callers come when the port opens, which is after this. What others have to tell arrives while it warms up. */
    @Singleton
    ApplicationEventListener<StartupEvent> readyFirst(WarmUp warmUp, Readiness readiness) {
        return starting -> {
            warmUp.run();
            readiness.await();
        };
    }
}
