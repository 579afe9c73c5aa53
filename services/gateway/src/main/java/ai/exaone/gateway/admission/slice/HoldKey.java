package ai.exaone.gateway.admission.slice;

import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.metering.DrainedCall;

/**
 * Tells calls apart. The request's id alone does not: a call that was stopped is made again under its id, and the record of the first must
 * not be taken for that of the second.
 *
 * @param arrivedMillis since 1970
 */
record HoldKey(String requestId, long arrivedMillis) {
    static HoldKey of(HoldRequest request) {
        return new HoldKey(request.requestId(), request.arrivedAt().toEpochMilli());
    }

    static HoldKey of(DrainedCall call) {
        return new HoldKey(call.requestId(), call.arrivedMillis());
    }
}
