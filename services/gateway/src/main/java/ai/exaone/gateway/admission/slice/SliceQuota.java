package ai.exaone.gateway.admission.slice;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.quota.internal.v1.ExchangeSlicesRequest;
import ai.exaone.proto.quota.internal.v1.ExchangeSlicesResponse;

/** Quota, as slices are exchanged with it. */
@FunctionalInterface
interface SliceQuota {
    /**
     * Blocks until quota has answered.
     *
     * @throws PlatformException it did not, or says no
     */
    ExchangeSlicesResponse exchange(ExchangeSlicesRequest request);
}
