package ai.exaone.gateway.admission.slice;

import java.util.ArrayList;
import java.util.List;

/** What one exchange says, and which slices it speaks of. For the exchanger's thread. */
final class Statement {
    /** Requests admitted for a caller of a model. */
    record Use(CallerModel caller, long requests, long tokens) {}

    /** Tokens reported by an earlier exchange and not used. */
    record Return(long sequence, CallerModel caller, long tokens) {}

    /** What is kept of a slice, what requests hold of it that run, and what would be good to have. */
    record Demand(Slice slice, long kept, long running, long wanted, long least, int day) {}

    /** One tenant's part. */
    static final class OfTenant {
        final TenantAccounts tenant;
        final List<Use> uses = new ArrayList<>();
        final List<Return> returns = new ArrayList<>();
        final List<Demand> demands = new ArrayList<>();

        OfTenant(TenantAccounts tenant) {
            this.tenant = tenant;
        }

        void use(CallerModel caller, long requests, long tokens) {
            uses.add(new Use(caller, requests, tokens));
        }

        void giveBack(long sequence, CallerModel caller, long tokens) {
            returns.add(new Return(sequence, caller, tokens));
        }

        void demand(Demand demand) {
            demands.add(demand);
        }

        boolean isEmpty() {
            return uses.isEmpty() && returns.isEmpty() && demands.isEmpty();
        }
    }

    final String runId;
    final long sequence;
    final List<OfTenant> tenants;
    /** Whether what calls used that other runs of this gateway admitted is in the ledger, or kept by this one. */
    final boolean whole;

    Statement(String runId, long sequence, List<OfTenant> tenants, boolean whole) {
        this.runId = runId;
        this.sequence = sequence;
        this.tenants = List.copyOf(tenants);
        this.whole = whole;
    }
}
