package ai.exaone.quota.reconciliation;

import ai.exaone.quota.usage.CallSums;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * A tenant's ledger and its sums at one moment.
 *
 * @param <K> what is summed up by
 * @param ledger summed up from the ledger's rows
 * @param derived as it is stored
 */
record Comparison<K extends Comparable<K>>(Map<K, CallSums> ledger, Map<K, CallSums> derived) {
    /** What is compared, in the order in which it is reported. */
    private static final List<Measure> MEASURES = List.of(
            new Measure("amount_micros", CallSums::amountMicros),
            new Measure("requests", CallSums::requests),
            new Measure("input_tokens", CallSums::inputTokens),
            new Measure("cached_input_tokens", CallSums::cachedInputTokens),
            new Measure("output_tokens", CallSums::outputTokens),
            new Measure("reasoning_tokens", CallSums::reasoningTokens));

    Comparison {
        ledger = Map.copyOf(ledger);
        derived = Map.copyOf(derived);
    }

    /** What has to be added to the sums to make them right. */
    SortedMap<K, CallSums> missing() {
        var missing = new TreeMap<K, CallSums>();
        for (K key : keys()) {
            CallSums difference =
                    ledger.getOrDefault(key, CallSums.NOTHING).minus(derived.getOrDefault(key, CallSums.NOTHING));
            if (!difference.equals(CallSums.NOTHING)) {
                missing.put(key, difference);
            }
        }
        return missing;
    }

    /** How many calls the ledger has. */
    long calls() {
        return ledger.values().stream().mapToLong(CallSums::requests).sum();
    }

    /**
     * By how much periods differ, those that do not left out.
     *
     * @param period the day or month that is compared as one
     */
    SortedMap<LocalDate, List<Difference.Finding>> findings(Function<K, LocalDate> period) {
        var wrong = new TreeMap<LocalDate, List<K>>();
        missing()
                .keySet()
                .forEach(key -> wrong.computeIfAbsent(period.apply(key), at -> new ArrayList<>())
                        .add(key));
        var findings = new TreeMap<LocalDate, List<Difference.Finding>>();
        wrong.forEach((at, keys) ->
                findings.put(at, findings(key -> period.apply(key).equals(at), keys)));
        return findings;
    }

    private List<Difference.Finding> findings(Predicate<K> within, List<K> wrong) {
        var findings = new ArrayList<Difference.Finding>();
        for (Measure measure : MEASURES) {
            long units = 0;
            for (K key : wrong) {
                long apart = Math.subtractExact(measure.in(ledger, key), measure.in(derived, key));
                units = Math.addExact(units, Math.absExact(apart));
            }
            if (units > 0) {
                findings.add(new Difference.Finding(
                        measure.name, measure.total(ledger, within), measure.total(derived, within), units));
            }
        }
        return findings;
    }

    private Set<K> keys() {
        var keys = new HashSet<>(ledger.keySet());
        keys.addAll(derived.keySet());
        return keys;
    }

    private record Measure(String name, ToLongFunction<CallSums> value) {
        <K> long in(Map<K, CallSums> sums, K key) {
            return value.applyAsLong(sums.getOrDefault(key, CallSums.NOTHING));
        }

        <K> long total(Map<K, CallSums> sums, Predicate<K> within) {
            return sums.entrySet().stream()
                    .filter(entry -> within.test(entry.getKey()))
                    .mapToLong(entry -> value.applyAsLong(entry.getValue()))
                    .reduce(0, Math::addExact);
        }
    }
}
