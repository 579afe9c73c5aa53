package ai.exaone.gateway.metering;

import ai.exaone.proto.quota.v1.UsageRecord;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Records of calls in the wire form of {@link UsageRecord}, written and looked through without making one: that costs several times as much,
 * and each call has two. What is absent or zero is left out (Protocol Buffers, encoding of proto3).
 */
final class RecordWire {
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private RecordWire() {}

    /** What is known of a call when it arrives. */
    static void start(CallStart start, CodedOutputStream out) throws IOException {
        text(UsageRecord.REQUEST_ID_FIELD_NUMBER, start.requestId(), out);
        text(UsageRecord.TENANT_ID_FIELD_NUMBER, start.tenantId(), out);
        text(UsageRecord.PROJECT_ID_FIELD_NUMBER, start.projectId(), out);
        text(UsageRecord.KEY_ID_FIELD_NUMBER, start.keyId(), out);
        text(UsageRecord.SUBJECT_FIELD_NUMBER, start.subject(), out);
        text(UsageRecord.AGENT_ID_FIELD_NUMBER, start.agentId(), out);
        text(UsageRecord.RUN_ID_FIELD_NUMBER, start.runId(), out);
        text(UsageRecord.MODEL_FIELD_NUMBER, start.model(), out);
        text(UsageRecord.PATH_FIELD_NUMBER, start.path(), out);
        time(UsageRecord.START_TIME_FIELD_NUMBER, start.arrivedAt(), out);
    }

    /** All that is known of a call when it is over. */
    static void end(EndedCall call, CodedOutputStream out) throws IOException {
        start(call.start(), out);
        text(UsageRecord.REPLICA_ID_FIELD_NUMBER, call.replicaId(), out);
        number(UsageRecord.FIRST_BYTE_MICROS_FIELD_NUMBER, call.firstByteMicros(), out);
        number(UsageRecord.DURATION_MICROS_FIELD_NUMBER, call.durationMicros(), out);
        CallEnd end = call.end();
        tokens(end.tokens(), out);
        out.writeEnum(UsageRecord.OUTCOME_FIELD_NUMBER, end.outcome().getNumber());
        number(UsageRecord.STATUS_FIELD_NUMBER, end.status(), out);
        text(UsageRecord.REASON_FIELD_NUMBER, end.reason(), out);
        text(UsageRecord.DETAIL_FIELD_NUMBER, end.detail(), out);
        charge(call.charge(), out);
    }

    /** What a call has used so far. */
    static void progress(String requestId, TokenCounts soFar, Optional<LimitCharge> charge, CodedOutputStream out)
            throws IOException {
        text(UsageRecord.REQUEST_ID_FIELD_NUMBER, requestId, out);
        tokens(soFar, out);
        charge(charge, out);
    }

    /**
     * Looks through a record.
     *
     * @throws IOException where it is none
     */
    static DrainedCall drained(byte[] bytes, int offset, int length) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes, offset, length);
        String requestId = "";
        long arrivedMillis = 0;
        boolean charged = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case UsageRecord.REQUEST_ID_FIELD_NUMBER -> requestId = in.readStringRequireUtf8();
                case UsageRecord.START_TIME_FIELD_NUMBER -> arrivedMillis = millis(in);
                case UsageRecord.LIMIT_DAY_FIELD_NUMBER -> charged = in.readInt32() != 0;
                default -> in.skipField(tag);
            }
        }
        ByteString record = UnsafeByteOperations.unsafeWrap(bytes, offset, length);
        return new DrainedCall(requestId, arrivedMillis, charged, record);
    }

    private static void tokens(TokenCounts tokens, CodedOutputStream out) throws IOException {
        number(UsageRecord.INPUT_TOKENS_FIELD_NUMBER, tokens.input(), out);
        number(UsageRecord.CACHED_INPUT_TOKENS_FIELD_NUMBER, tokens.cachedInput(), out);
        number(UsageRecord.OUTPUT_TOKENS_FIELD_NUMBER, tokens.output(), out);
        number(UsageRecord.REASONING_TOKENS_FIELD_NUMBER, tokens.reasoning(), out);
        if (tokens.estimated()) {
            out.writeBool(UsageRecord.ESTIMATED_FIELD_NUMBER, true);
        }
    }

    private static void charge(Optional<LimitCharge> charge, CodedOutputStream out) throws IOException {
        if (charge.isPresent()) {
            out.writeInt32(UsageRecord.LIMIT_DAY_FIELD_NUMBER, charge.get().day());
            text(UsageRecord.PRICE_ID_FIELD_NUMBER, charge.get().priceId(), out);
        }
    }

    private static void text(int field, String value, CodedOutputStream out) throws IOException {
        if (!value.isEmpty()) {
            out.writeString(field, value);
        }
    }

    private static void number(int field, long value, CodedOutputStream out) throws IOException {
        if (value != 0) {
            out.writeInt64(field, value);
        }
    }

    /** To the millisecond. */
    private static void time(int field, Instant time, CodedOutputStream out) throws IOException {
        long seconds = time.getEpochSecond();
        int nanos = time.getNano() / NANOS_PER_MILLI * NANOS_PER_MILLI;
        int length = (seconds == 0 ? 0 : CodedOutputStream.computeInt64Size(Timestamp.SECONDS_FIELD_NUMBER, seconds))
                + (nanos == 0 ? 0 : CodedOutputStream.computeInt32Size(Timestamp.NANOS_FIELD_NUMBER, nanos));
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(length);
        number(Timestamp.SECONDS_FIELD_NUMBER, seconds, out);
        number(Timestamp.NANOS_FIELD_NUMBER, nanos, out);
    }

    private static long millis(CodedInputStream in) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        long seconds = 0;
        long nanos = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case Timestamp.SECONDS_FIELD_NUMBER -> seconds = in.readInt64();
                case Timestamp.NANOS_FIELD_NUMBER -> nanos = in.readInt32();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        return seconds * MILLIS_PER_SECOND + nanos / NANOS_PER_MILLI;
    }
}
