package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.batches.LineDoor;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.ErrorShape;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.queue.Priority;
import ai.exaone.gateway.relay.client.BodyMemory;
import ai.exaone.gateway.relay.client.RequestBounds;
import ai.exaone.rpc.CallContext;
import io.grpc.Context;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The door for lines of batches: the same pipeline, and the answer is collected. Thread-safe. */
public final class LineCalls implements LineDoor {
    /** With what is written around it, it is one packet for any database. */
    private static final int LONGEST_ANSWER = 15 << 20;

    private final Inference inference;
    private final Operations operations;
    private final ActiveCalls active;
    private final RequestBounds bounds;
    private final EventLoopGroup loops;
    private final Clock clock;

    /**
     * @param loops those of the callers' connections
     */
    public LineCalls(
            Inference inference,
            Operations operations,
            ActiveCalls active,
            RequestBounds bounds,
            EventLoopGroup loops,
            Clock clock) {
        this.inference = inference;
        this.operations = operations;
        this.active = active;
        this.bounds = bounds;
        this.loops = loops;
        this.clock = clock;
    }

    @Override
    public int running() {
        return active.count();
    }

    @Override
    public CompletionStage<LineAnswer> call(LineCall line) {
        BodyMemory.Share share = bounds.memory().share();
        try {
            Operation operation = operations.find("POST", line.path());
            // As of before the caller was let in: what changes later ends the call by itself.
            long keyChanges = active.keyChanges();
            Caller caller = line.caller().get();
            share.grow(line.body().length);
            EventLoop loop = loops.next();
            ActiveCall running = active.enter(caller, loop);
            return begin(line, operation, new Started(keyChanges, caller, running, share), loop);
        } catch (PlatformException refused) {
            share.close();
            return CompletableFuture.completedStage(refused(refused));
        } catch (RuntimeException defect) {
            share.close();
            return CompletableFuture.completedStage(refused(PlatformException.internal(defect)));
        }
    }

    private record Started(long keyChanges, Caller caller, ActiveCall running, BodyMemory.Share share) {
        void close() {
            running.close();
            share.close();
        }
    }

    private CompletionStage<LineAnswer> begin(LineCall line, Operation operation, Started started, EventLoop loop) {
        Caller caller = started.caller();
        try {
            if (active.keyChanges() != started.keyChanges()) {
                caller = line.caller().get();
                started.running().callerIs(caller);
            }
        } catch (RuntimeException refused) {
            started.running().close();
            throw refused;
        }
        CollectedAnswer answer = new CollectedAnswer(loop, LONGEST_ANSWER);
        CompletableFuture<LineAnswer> over = new CompletableFuture<>();
        Runnable end = () -> {
            started.close();
            over.complete(answer.whole());
        };
        Call call = call(line, caller, operation);
        CallContext context = new CallContext(Optional.empty(), Optional.empty(), line.requestId(), "");
        loop.execute(Context.ROOT
                .withValue(CallContext.KEY, context)
                .wrap(() -> run(call, operation, started.running(), answer, end)));
        return over;
    }

    private void run(Call call, Operation operation, ActiveCall running, CollectedAnswer answer, Runnable over) {
        switch (operation) {
            case Operation.Infer ignored -> inference.run(call, running, answer, over);
            case Operation.Translate(String path, TranslatedApi api) -> translate(call, api, running, answer, over);
            case Operation.Look ignored -> refuse(call, answer, over);
            case Operation.Examine ignored -> refuse(call, answer, over);
            case Operation.Make ignored -> refuse(call, answer, over);
            case Operation.Upload ignored -> refuse(call, answer, over);
            case Operation.Download ignored -> refuse(call, answer, over);
        }
    }

    private void translate(Call call, TranslatedApi api, ActiveCall running, CollectedAnswer answer, Runnable over) {
        Later.then(
                Later.aside(call.requestId(), () -> api.translate(call.caller(), call.requestId(), call.body())),
                answer.loop(),
                translated -> {
                    var words =
                            new TranslatedAnswer(answer, translated.translation(), ErrorShape.OPENAI, call.requestId());
                    inference.run(call.withBody(translated.chat()), running, words, () -> words.whenSaid(over));
                },
                refusal -> {
                    inference.refused(call, refusal);
                    answer.refuse(OpenAiError.of(refusal));
                    over.run();
                });
    }

    private static void refuse(Call call, CollectedAnswer answer, Runnable over) {
        answer.refuse(OpenAiError.of(Operations.unknownPath("POST", call.path())));
        over.run();
    }

    private Call call(LineCall line, Caller caller, Operation operation) {
        Endpoint endpoint = operation instanceof Operation.Infer(Endpoint named) ? named : Endpoint.CHAT_COMPLETIONS;
        long now = System.nanoTime();
        return new Call(
                line.requestId(),
                caller,
                endpoint,
                line.path(),
                line.body(),
                caller.principal().depth(),
                clock.instant(),
                now,
                now,
                Map.of(),
                Priority.BATCH);
    }

    private static LineAnswer refused(PlatformException refusal) {
        OpenAiError error = OpenAiError.of(refusal);
        return new LineAnswer(error.status(), error.body(), error.code(), refusal.retryAfter());
    }
}
