package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import io.grpc.Context;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Goes on, on an event loop, with what is known at once or later. */
final class Later {
    private Later() {}

    /** Does what may block on a thread of its own, in the context of the call that is served here. */
    static <T> CompletionStage<T> aside(String name, Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().name(name).start(Context.current().wrap(() -> {
            try {
                result.complete(work.get());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        }));
        return result;
    }

    /**
     * Takes a result, in the context of the call that is served here: at once where it is there already, without leaving the loop.
     *
     * @param loop the caller is on it
     * @param onFailure told of a failure that is none of ours as INTERNAL
     */
    static <T> void then(
            CompletionStage<T> stage, EventLoop loop, Consumer<T> onResult, Consumer<PlatformException> onFailure) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (future.isDone()) {
            take(future, onResult, onFailure);
        } else {
            Runnable going = Context.current().wrap(() -> take(future, onResult, onFailure));
            future.whenComplete((result, failure) -> loop.execute(going));
        }
    }

    private static <T> void take(
            CompletableFuture<T> done, Consumer<T> onResult, Consumer<PlatformException> onFailure) {
        if (done.isCompletedExceptionally()) {
            onFailure.accept(failure(done.exceptionNow()));
        } else {
            onResult.accept(done.resultNow());
        }
    }

    private static PlatformException failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof PlatformException known ? known : PlatformException.internal(cause);
    }
}
