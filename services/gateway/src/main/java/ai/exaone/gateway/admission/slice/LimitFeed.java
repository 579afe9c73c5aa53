package ai.exaone.gateway.admission.slice;

import ai.exaone.proto.quota.v1.Limit;
import ai.exaone.proto.quota.v1.LimitEnforcement;
import ai.exaone.proto.quota.v1.LimitRaise;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchListener;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Keeps the tenants' limits as quota's log {@code limits} says. */
public final class LimitFeed implements WatchListener {
    /** The log's name. */
    public static final String LOG = "limits";

    private final Tenants tenants;
    private final LongSupplier nanos;
    private final Map<String, KnownLimit> limits = new HashMap<>();
    private volatile boolean stated;

    LimitFeed(Tenants tenants, LongSupplier nanos) {
        this.tenants = tenants;
        this.nanos = nanos;
    }

    /** Whether all limits are known. */
    boolean isStated() {
        return stated;
    }

    @Override
    public void onState(List<Entry> entries) {
        limits.clear();
        entries.stream()
                .map(LimitFeed::enforced)
                .flatMap(Optional::stream)
                .forEach(limit -> limits.put(limit.limitId(), limit));
        tenants.replaceAll(
                limits.values().stream().collect(Collectors.groupingBy(KnownLimit::tenantId)), nanos.getAsLong());
        stated = true;
    }

    @Override
    public void onChange(Entry entry) {
        Optional<KnownLimit> after = enforced(entry);
        Optional<KnownLimit> before = Optional.ofNullable(
                after.isPresent() ? limits.put(entry.getKey(), after.get()) : limits.remove(entry.getKey()));
        after.or(() -> before)
                .map(KnownLimit::tenantId)
                .ifPresent(tenantId -> tenants.replace(
                        tenantId,
                        limits.values().stream()
                                .filter(limit -> limit.tenantId().equals(tenantId))
                                .toList(),
                        nanos.getAsLong()));
    }

    /** The limit of an entry; empty where it is gone, or refuses nothing: then it is nothing to this gateway. */
    private static Optional<KnownLimit> enforced(Entry entry) {
        return entry.getDeleted() ? Optional.empty() : enforced(limit(entry));
    }

    private static Limit limit(Entry entry) {
        try {
            return Limit.parseFrom(entry.getValue());
        } catch (InvalidProtocolBufferException notALimit) {
            throw new IllegalArgumentException("The entry " + entry.getKey() + " is not a limit", notALimit);
        }
    }

    private static Optional<KnownLimit> enforced(Limit limit) {
        return limit.getEnforcement() == LimitEnforcement.LIMIT_ENFORCEMENT_SHADOW
                ? Optional.empty()
                : Optional.of(new KnownLimit(
                        limit.getLimitId(),
                        limit.getTenantId(),
                        limit.getProjectId(),
                        limit.getKeyId(),
                        limit.getAgentId(),
                        models(limit),
                        unit(limit),
                        limit.getValue(),
                        limit.hasRaise() ? Optional.of(raise(limit.getRaise())) : Optional.empty()));
    }

    private static Set<String> models(Limit limit) {
        return limit.getModel().isEmpty() ? Set.copyOf(limit.getModelsList()) : Set.of(limit.getModel());
    }

    private static KnownLimit.Raise raise(LimitRaise raise) {
        return new KnownLimit.Raise(raise.getValue(), Timestamps.toMillis(raise.getUntil()));
    }

    private static KnownLimit.Unit unit(Limit limit) {
        return switch (limit.getKind()) {
            case LIMIT_KIND_REQUESTS_PER_MINUTE -> KnownLimit.Unit.REQUESTS;
            case LIMIT_KIND_TOKENS_PER_MINUTE -> KnownLimit.Unit.TOKENS;
            case LIMIT_KIND_CONCURRENT_REQUESTS -> KnownLimit.Unit.SLOTS;
            case LIMIT_KIND_TOKENS_PER_DAY -> KnownLimit.Unit.DAY_TOKENS;
            case LIMIT_KIND_TOKENS_PER_MONTH -> KnownLimit.Unit.MONTH_TOKENS;
            case LIMIT_KIND_BUDGET_PER_DAY -> KnownLimit.Unit.DAY_MONEY;
            case LIMIT_KIND_BUDGET_PER_MONTH -> KnownLimit.Unit.MONTH_MONEY;
            // A kind that only a newer quota knows is quota's to decide about.
            case LIMIT_KIND_UNSPECIFIED, UNRECOGNIZED -> KnownLimit.Unit.OTHER;
        };
    }
}
