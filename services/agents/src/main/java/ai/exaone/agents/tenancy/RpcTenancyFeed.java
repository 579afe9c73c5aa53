package ai.exaone.agents.tenancy;

import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.proto.identity.internal.v1.DeletedProject;
import ai.exaone.proto.identity.internal.v1.TenancyEntry;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchListener;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;

/** Hears of deleted projects in identity's log {@code tenancy}. What cannot be done now throws, and is heard again. */
public final class RpcTenancyFeed implements WatchListener {
    /** The log's name. */
    public static final String LOG = "tenancy";

    private final DeletedProjects deleted;

    public RpcTenancyFeed(DeletedProjects deleted) {
        this.deleted = deleted;
    }

    @Override
    public void onState(List<Entry> entries) {
        entries.forEach(this::onChange);
    }

    @Override
    public void onChange(Entry entry) {
        TenancyEntry said = parse(entry);
        if (said.hasDeletedProject()) {
            DeletedProject gone = said.getDeletedProject();
            deleted.end(new ProjectScope(gone.getTenantId(), gone.getProjectId()));
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
