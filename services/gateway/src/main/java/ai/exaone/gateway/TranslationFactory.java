package ai.exaone.gateway;

import ai.exaone.gateway.admission.InputEstimator;
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
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.core.value.PropertyResolver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The parts of the APIs that are translated to chat completions, and of what callers ask to be kept. */
@Factory
final class TranslationFactory {
    private static final Duration FORGET_INTERVAL = Duration.ofMinutes(10);
    private static final Duration TOKENIZER_TIMEOUT = Duration.ofSeconds(10);

    @Singleton
    @Bean(preDestroy = "close")
    KeptDatabase keptDatabase(PropertyResolver settings) {
        return new KeptDatabase(DatabaseSettings.find(KeptDatabase.NAME, settings));
    }

    @Singleton
    ResponseStore responseStore(KeptDatabase database) {
        return new MySqlResponseStore(database);
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
    Operations operations(ModelCatalogue catalogue, Responses responses, TokenCounting counting, IdGenerator ids) {
        return new Operations(catalogue, responses, counting, ids::next);
    }
}
