package ai.exaone.gateway.admission.slice;

import ai.exaone.gateway.admission.RateLimits;

/**
 * What one request took of this gateway's slices.
 *
 * @param batch what it is reported in
 * @param limits what remained when it was admitted
 */
record SliceHold(TenantAccounts tenant, Account account, Batch batch, long tokens, int slots, RateLimits limits) {
    void settle(long used, long now) {
        tenant.settle(this, used, now);
    }
}
