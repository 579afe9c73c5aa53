package ai.exaone.gateway.idempotency;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.store.StoreError;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Keys in memory. It fails when told to: before doing what is asked, or after. */
final class InMemoryIdempotencyStore implements IdempotencyStore {
    /** How it fails. */
    enum Fault {
        NONE,
        BEFORE,
        AFTER
    }

    private record Name(CallerScope scope, IdempotencyKey key) {}

    private record Row(KeptCall call, Instant expiresAt) {}

    private final Map<Name, Row> rows = new HashMap<>();
    private Fault fault = Fault.NONE;

    synchronized void fail(Fault how) {
        fault = how;
    }

    @Override
    public synchronized KeptCall claim(KeyedCall call, Instant now, Instant leaseUntil, Instant expiresAt) {
        return done(() -> {
            Row known = rows.get(name(call));
            if (known == null || !known.expiresAt.isAfter(now)) {
                known = new Row(
                        new KeptCall(call.requestId(), call.digest(), new KeptCall.State.Running(leaseUntil)),
                        expiresAt);
                rows.put(name(call), known);
            }
            return known.call;
        });
    }

    @Override
    public synchronized Optional<KeptCall> find(CallerScope scope, IdempotencyKey key, Instant now) {
        return done(() -> Optional.ofNullable(rows.get(new Name(scope, key)))
                .filter(row -> row.expiresAt.isAfter(now))
                .map(Row::call));
    }

    @Override
    public synchronized boolean finish(KeyedCall call, Optional<KeptResult> result) {
        return done(() -> {
            KeptCall.State state =
                    result.<KeptCall.State>map(KeptCall.State.Finished::new).orElseGet(KeptCall.State.Lost::new);
            return runs(call)
                    .map(row -> rows.put(name(call), state(row, state)))
                    .isPresent();
        });
    }

    @Override
    public synchronized void release(KeyedCall call) {
        done(() -> runs(call).map(row -> rows.remove(name(call))));
    }

    @Override
    public synchronized void renew(Collection<KeyedCall> calls, Instant leaseUntil) {
        done(() -> {
            for (KeyedCall call : calls) {
                runs(call).ifPresent(row -> rows.put(name(call), state(row, new KeptCall.State.Running(leaseUntil))));
            }
            return calls;
        });
    }

    @Override
    public synchronized int forget(Instant now, int most) {
        return done(() -> {
            List<Name> expired = rows.entrySet().stream()
                    .filter(row -> !row.getValue().expiresAt.isAfter(now))
                    .sorted(Comparator.comparing(row -> row.getValue().expiresAt))
                    .limit(most)
                    .map(Map.Entry::getKey)
                    .toList();
            expired.forEach(rows::remove);
            return expired.size();
        });
    }

    @Override
    public synchronized Set<ProjectScope> above(long bytes) {
        return done(() -> rows.entrySet().stream()
                .collect(Collectors.groupingBy(
                        row -> row.getKey().scope.project(),
                        Collectors.summingLong(row -> BYTES_OF_A_KEY + length(row.getValue()))))
                .entrySet()
                .stream()
                .filter(project -> project.getValue() > bytes)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    private static long length(Row row) {
        return row.call.state() instanceof KeptCall.State.Finished(KeptResult result) ? result.body().length : 0;
    }

    private Optional<Row> runs(KeyedCall call) {
        return Optional.ofNullable(rows.get(name(call)))
                .filter(row -> row.call.requestId().equals(call.requestId())
                        && row.call.state() instanceof KeptCall.State.Running);
    }

    private static Row state(Row row, KeptCall.State state) {
        return new Row(new KeptCall(row.call.requestId(), row.call.digest(), state), row.expiresAt);
    }

    private <T> T done(Supplier<T> work) {
        if (fault == Fault.BEFORE) {
            throw new PlatformException(StoreError.STORE_UNAVAILABLE, "The database cannot be reached.");
        }
        T result = work.get();
        if (fault == Fault.AFTER) {
            throw new PlatformException(StoreError.STORE_UNAVAILABLE, "The database cannot be reached.");
        }
        return result;
    }

    private static Name name(KeyedCall call) {
        return new Name(call.scope(), call.key());
    }
}
