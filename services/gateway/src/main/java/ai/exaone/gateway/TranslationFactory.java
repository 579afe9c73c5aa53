package ai.exaone.gateway;

import ai.exaone.chores.BackgroundWork;
import ai.exaone.chores.Chore;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.InputEstimator;
import ai.exaone.gateway.batches.Batches;
import ai.exaone.gateway.files.CallerFiles;
import ai.exaone.gateway.health.KeyMetrics;
import ai.exaone.gateway.idempotency.IdempotencyError;
import ai.exaone.gateway.idempotency.IdempotencyStore;
import ai.exaone.gateway.idempotency.KeptCalls;
import ai.exaone.gateway.idempotency.MySqlIdempotencyStore;
import ai.exaone.gateway.inference.Exchanges;
import ai.exaone.gateway.inference.ModelCatalogue;
import ai.exaone.gateway.inference.Models;
import ai.exaone.gateway.inference.Operations;
import ai.exaone.gateway.inference.TokenCounting;
import ai.exaone.gateway.responses.Forgetting;
import ai.exaone.gateway.responses.MySqlResponseStore;
import ai.exaone.gateway.responses.ResponseStore;
import ai.exaone.gateway.responses.Responses;
import ai.exaone.gateway.routing.Router;
import ai.exaone.gateway.tokens.EngineTokenizer;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.DatabaseSettings;
import ai.exaone.store.Transactions;
import ai.exaone.store.crypto.MasterKey;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.core.value.PropertyResolver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The parts of the APIs that are translated to chat completions, and of what callers ask to be kept. */
@Factory
final class TranslationFactory {
    private static final Duration PRUNE_PAUSE = Duration.ofMinutes(1);
    private static final Duration FORGET_INTERVAL = Duration.ofMinutes(10);
    private static final Duration TOKENIZER_TIMEOUT = Duration.ofSeconds(10);

    @Singleton
    @Bean(preDestroy = "close")
    KeptDatabase keptDatabase(PropertyResolver settings) {
        return new KeptDatabase(DatabaseSettings.find(KeptDatabase.NAME, settings));
    }

    @Singleton
    ResponseStore responseStore(KeptDatabase database, MasterKey masterKey) {
        return new MySqlResponseStore(database, masterKey);
    }

    @Singleton
    Responses responses(ResponseStore store, IdGenerator ids, Clock clock, GatewayConfig config) {
        return new Responses(store, ids::next, clock, config.responseRetention());
    }

    @Context
    @Bean(preDestroy = "close")
    Forgetting forgetting(KeptDatabase database, ResponseStore store, Clock clock) {
        Forgetting forgetting = new Forgetting(store, clock);
        if (database.isThere()) {
            forgetting.start(FORGET_INTERVAL);
        }
        return forgetting;
    }

    /** Without a database there is nothing to promise by: a call with a key is refused, not carried out without its promise. */
    @Singleton
    IdempotencyStore idempotencyStore(KeptDatabase database, MasterKey masterKey) {
        Supplier<Transactions> transactions = () -> {
            if (!database.isThere()) {
                throw new PlatformException(
                        IdempotencyError.IDEMPOTENCY_NOT_OFFERED,
                        "This installation keeps no results: send no Idempotency-Key.");
            }
            return database.get();
        };
        return new MySqlIdempotencyStore(transactions, masterKey);
    }

    @Singleton
    KeptCalls keptCalls(
            IdempotencyStore store, IdempotencySettings settings, Clock clock, PrometheusMeterRegistry registry) {
        return new KeptCalls(store, settings.config(), clock, new KeyMetrics(registry));
    }

    @Context
    @Bean(preDestroy = "close")
    BackgroundWork chores(KeptDatabase database, KeptCalls calls, IdempotencySettings settings) {
        return BackgroundWork.start(List.of(
                new Chore(
                        "Saying which calls with idempotency keys run",
                        settings.lease().dividedBy(3),
                        calls::renew),
                new Chore("Forgetting idempotency keys", PRUNE_PAUSE, () -> {
                    if (database.isOpen()) {
                        calls.prune();
                    }
                })));
    }

    @Singleton
    @Bean(preDestroy = "close")
    EngineTokenizer engineTokenizer() {
        return new EngineTokenizer(TOKENIZER_TIMEOUT);
    }

    @Singleton
    TokenCounting tokenCounting(
            Models models,
            Exchanges exchanges,
            Router router,
            EngineTokenizer tokenizer,
            InputEstimator estimator,
            Clock clock) {
        return new TokenCounting(models, exchanges, router, tokenizer, estimator, clock);
    }

    @Singleton
    Operations operations(
            ModelCatalogue catalogue,
            Responses responses,
            TokenCounting counting,
            CallerFiles files,
            Batches batches,
            IdGenerator ids) {
        return new Operations(catalogue, responses, counting, files, batches, ids::next);
    }
}
