package ai.exaone.quota.tenancy;

import ai.exaone.proto.identity.internal.v1.DeletedProject;
import ai.exaone.proto.identity.internal.v1.TenancyEntry;
import ai.exaone.proto.identity.internal.v1.TenantProperties;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.quota.limit.Limits;
import ai.exaone.rpc.watch.WatchListener;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies identity's log {@code tenancy}: tenants' time zones, and projects that are gone, whose limits go with them. Everything may
 * be applied again. What cannot be stored now throws, and is heard again.
 */
public final class RpcTenancyFeed implements WatchListener {
    /** The log's name. */
    public static final String LOG = "tenancy";

    private static final Logger LOGGER = LoggerFactory.getLogger(RpcTenancyFeed.class);

    private final TenantZones zones;
    private final Limits limits;

    public RpcTenancyFeed(TenantZones zones, Limits limits) {
        this.zones = zones;
        this.limits = limits;
    }

    @Override
    public void onState(List<Entry> entries) {
        Set<String> known = limits.deletedProjects();
        entries.stream().filter(entry -> !known.contains(entry.getKey())).forEach(this::onChange);
    }

    @Override
    public void onChange(Entry entry) {
        TenancyEntry said = parse(entry);
        switch (said.getSubjectCase()) {
            case TENANT -> timeZone(said.getTenant());
            case DELETED_PROJECT -> {
                DeletedProject gone = said.getDeletedProject();
                limits.projectDeleted(gone.getTenantId(), gone.getProjectId());
            }
            case SUBJECT_NOT_SET ->
                LOGGER.warn("Identity speaks of {} in a way that is not known here", entry.getKey());
        }
    }

    private void timeZone(TenantProperties tenant) {
        try {
            zones.put(tenant.getTenantId(), ZoneId.of(tenant.getTimeZone()));
        } catch (DateTimeException unknown) {
            LOGGER.error(
                    "The time zone {} of {} is not known here; its days begin where they did",
                    tenant.getTimeZone(),
                    tenant.getTenantId(),
                    unknown);
        }
    }

    private static TenancyEntry parse(Entry entry) {
        try {
            return TenancyEntry.parseFrom(entry.getValue());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("Not an entry of the log " + LOG + ": " + entry.getKey(), broken);
        }
    }
}
