package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.idempotency.CallerScope;
import ai.exaone.gateway.idempotency.IdempotencyKey;
import ai.exaone.gateway.idempotency.KeptCalls;
import ai.exaone.gateway.idempotency.KeptResult;
import ai.exaone.gateway.idempotency.KeyedCall;
import ai.exaone.gateway.idempotency.Patience;
import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.CallerListener;
import ai.exaone.gateway.relay.client.HttpExchange;
import io.grpc.Context;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A request that came with an idempotency key, until it is known whether it is carried out or answered with what came of it before. For
 * the exchange's event loop.
 */
final class KeyedRequest {
    /** Says that this is what another request was answered. */
    static final String REPLAYED = "idempotency-replayed";

    /** The id of that other request. */
    static final String FIRST_REQUEST_ID = "x-exaone-first-request-id";

    private static final String STREAM = "text/event-stream";

    private final KeptCalls kept;
    private final HttpExchange exchange;
    private final String requestId;
    private final ActiveCall running;
    private final Context context = Context.current();
    private final Patience patience = new Patience();

    KeyedRequest(KeptCalls kept, HttpExchange exchange, String requestId, ActiveCall running) {
        this.kept = kept;
        this.exchange = exchange;
        this.requestId = requestId;
        this.running = running;
    }

    /**
     * Finds out.
     *
     * @param content of the request, as a digest or otherwise; may take time
     * @param first carries the request out, with this as its answer
     * @param refuse tells the caller why neither is done
     * @param over run when nothing is carried out, and the caller was told
     */
    void begin(
            Supplier<String> content, Consumer<KeptAnswer> first, Consumer<PlatformException> refuse, Runnable over) {
        IdempotencyKey key;
        try {
            key = IdempotencyKey.of(exchange.headers(IdempotencyKey.HEADER));
        } catch (PlatformException malformed) {
            refuse.accept(malformed);
            over.run();
            return;
        }
        exchange.attend(new Waiting());
        running.onEnd(reason -> patience.lose());
        CallerScope scope = scope(running.caller());
        String method = exchange.method();
        String path = exchange.path();
        Later.then(
                Later.aside(requestId, () -> {
                    KeyedCall call =
                            new KeyedCall(scope, key, KeyedCall.digest(method, path, content.get()), requestId);
                    return new Decided(call, kept.begin(call, patience));
                }),
                exchange.loop(),
                decided -> context.run(() -> take(decided, first, refuse, over)),
                refusal -> {
                    refuse.accept(running.ended().orElse(refusal));
                    over.run();
                });
    }

    private record Decided(KeyedCall call, KeptCalls.Turn turn) {}

    private void take(Decided decided, Consumer<KeptAnswer> first, Consumer<PlatformException> refuse, Runnable over) {
        running.leaveListener();
        switch (decided.turn()) {
            case KeptCalls.Turn.Again(KeptResult result) -> {
                replay(result);
                over.run();
            }
            case KeptCalls.Turn.First ignored -> {
                if (patience.isLost()) {
                    leave(decided.call(), refuse, over);
                } else {
                    first.accept(new KeptAnswer(exchange, kept, decided.call()).attend());
                }
            }
        }
    }

    /** The caller left, or the call was ended, before anything was done. */
    private void leave(KeyedCall call, Consumer<PlatformException> refuse, Runnable over) {
        Optional<PlatformException> reason = running.ended();
        Runnable told = () -> {
            refuse.accept(reason.orElseGet(InferenceRun::callerGone));
            over.run();
        };
        Later.then(
                Later.aside(requestId, () -> {
                    kept.release(call);
                    return true;
                }),
                exchange.loop(),
                released -> told.run(),
                failed -> told.run());
    }

    private void replay(KeptResult result) {
        result.headers().forEach(exchange::header);
        exchange.header(REPLAYED, "true");
        exchange.header(FIRST_REQUEST_ID, result.requestId());
        byte[] body = result.body();
        if (result.mediaType().startsWith(STREAM)) {
            exchange.begin(result.mediaType(), Answer.UNKNOWN_LENGTH);
            exchange.write(body);
            exchange.end();
        } else {
            exchange.whole(result.status(), result.mediaType(), body, body.length);
        }
    }

    private static CallerScope scope(Caller caller) {
        return new CallerScope(
                caller.tenantId(), caller.projectId(), caller.principal().subject());
    }

    /** A caller who leaves waits no longer. */
    private final class Waiting implements CallerListener {
        @Override
        public void writable() {
            // Nothing was sent.
        }

        @Override
        public void gone() {
            patience.lose();
        }
    }
}
