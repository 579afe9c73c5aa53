package ai.exaone.gateway.metering;

import com.google.protobuf.ByteString;

/**
 * A call that is over, as it is read from the spool.
 *
 * @param arrivedMillis when it arrived, in milliseconds since 1970
 * @param charged whether this gateway admitted it by itself
 * @param record its {@link ai.exaone.proto.quota.v1.UsageRecord}, as it was written
 */
public record DrainedCall(String requestId, long arrivedMillis, boolean charged, ByteString record) {}
