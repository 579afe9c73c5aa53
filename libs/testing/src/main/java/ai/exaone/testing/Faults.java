package ai.exaone.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Faults of a store or a remote service, by the method they befall: it fails before it does anything, or does it and the caller
 * learns of a failure, or is slow. Each fault happens once, at the next call of its method. Thread-safe.
 */
public final class Faults {
    private sealed interface Fault {
        record Before(Supplier<? extends RuntimeException> failure) implements Fault {}

        record After(Supplier<? extends RuntimeException> failure) implements Fault {}

        record Held(Gate gate) implements Fault {}
    }

    /** Where a call is held. */
    public static final class Gate {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        private Gate() {}

        /** Waits until the call is here. */
        public void awaitArrival() throws InterruptedException {
            arrived.await();
        }

        /** Lets the call go on. */
        public void open() {
            opened.countDown();
        }

        private void pass() throws InterruptedException {
            arrived.countDown();
            opened.await();
        }
    }

    private final Map<String, Fault> planned = new ConcurrentHashMap<>();

    /** The next call of the method fails, and nothing is done. */
    public void failBefore(String method, Supplier<? extends RuntimeException> failure) {
        planned.put(method, new Fault.Before(failure));
    }

    /** The next call of the method is carried out, and then fails: the caller cannot know. */
    public void failAfter(String method, Supplier<? extends RuntimeException> failure) {
        planned.put(method, new Fault.After(failure));
    }

    /** The next call of the method waits before it does anything. */
    public Gate hold(String method) {
        var gate = new Gate();
        planned.put(method, new Fault.Held(gate));
        return gate;
    }

    /** The same service with the planned faults. */
    public <T> T around(Class<T> type, T real) {
        for (String method : planned.keySet()) {
            requireMethod(type, method);
        }
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(real, method, arguments)));
    }

    private @Nullable Object call(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        Optional<Fault> fault = Optional.ofNullable(planned.remove(method.getName()));
        if (fault.isEmpty()) {
            return invoke(real, method, arguments);
        }
        return switch (fault.get()) {
            case Fault.Before before -> throw before.failure().get();
            case Fault.After after -> {
                invoke(real, method, arguments);
                throw after.failure().get();
            }
            case Fault.Held held -> {
                held.gate().pass();
                yield invoke(real, method, arguments);
            }
        };
    }

    private static @Nullable Object invoke(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getTargetException();
        }
    }

    private static void requireMethod(Class<?> type, String method) {
        for (Method candidate : type.getMethods()) {
            if (candidate.getName().equals(method)) {
                return;
            }
        }
        throw new IllegalArgumentException(type.getSimpleName() + " has no method " + method);
    }
}
