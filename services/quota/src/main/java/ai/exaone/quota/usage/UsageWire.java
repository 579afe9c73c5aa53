package ai.exaone.quota.usage;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.rpc.TimeWire;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Calls on the wire. */
public final class UsageWire {
    private static final Pattern REQUEST_ID = Pattern.compile("req_[0-9a-hjkmnp-tv-z]{26}");
    private static final Pattern TENANT_ID = Pattern.compile("tnt_[0-9a-hjkmnp-tv-z]{26}");
    /** Ids that other services make; their kind does not matter here, their form keeps them storable. */
    private static final Pattern OTHER_ID = Pattern.compile("[!-~]{0,64}");

    private static final int MODEL_LENGTH = 128;
    private static final int PATH_LENGTH = 256;
    private static final int NAME_LENGTH = 64;
    private static final int DETAIL_LENGTH = 1024;

    private UsageWire() {}

    /**
     * A record as a gateway sends it, encoded. Texts that callers wrote are cut to what the ledger keeps.
     *
     * @throws PlatformException USAGE_RECORD_INVALID
     */
    public static UsageRecord decode(ByteString record) {
        try {
            return record(ai.exaone.proto.quota.v1.UsageRecord.parseFrom(record));
        } catch (InvalidProtocolBufferException notARecord) {
            throw PlatformException.because(UsageError.USAGE_RECORD_INVALID, "What was sent is no record of a call.")
                    .cause(notARecord)
                    .build();
        }
    }

    private static UsageRecord record(ai.exaone.proto.quota.v1.UsageRecord wire) {
        var caller = new UsageRecord.Caller(
                require(TENANT_ID, wire.getTenantId()),
                require(OTHER_ID, wire.getProjectId()),
                require(OTHER_ID, wire.getKeyId()),
                require(OTHER_ID, wire.getSubject()),
                require(OTHER_ID, wire.getAgentId()),
                require(OTHER_ID, wire.getRunId()));
        var result = new UsageRecord.Result(
                outcome(wire.getOutcome()),
                wire.getStatus(),
                cut(wire.getReason(), NAME_LENGTH),
                cut(wire.getDetail(), DETAIL_LENGTH));
        return new UsageRecord(
                require(REQUEST_ID, wire.getRequestId()),
                caller,
                cut(wire.getModel(), MODEL_LENGTH),
                cut(wire.getReplicaId(), NAME_LENGTH),
                cut(wire.getPath(), PATH_LENGTH),
                TimeWire.of(wire.getStartTime()),
                micros(wire.getFirstByteMicros()),
                micros(wire.getDurationMicros()),
                tokens(wire.getInputTokens(), wire.getCachedInputTokens(), wire.getOutputTokens()),
                Math.max(0, wire.getReasoningTokens()),
                wire.getEstimated(),
                result,
                require(OTHER_ID, wire.getPriceId()),
                0,
                wire.getLimitDay() > 0 ? Optional.of(LocalDate.ofEpochDay(wire.getLimitDay())) : Optional.empty());
    }

    /**
     * @throws PlatformException USAGE_RECORD_INVALID
     */
    public static TokenCount tokens(long input, long cachedInput, long output) {
        try {
            return new TokenCount(input, cachedInput, output);
        } catch (IllegalArgumentException outOfRange) {
            throw invalid("A number of tokens is out of range.");
        }
    }

    static ai.exaone.proto.quota.v1.UsageRecord of(UsageRecord call) {
        return ai.exaone.proto.quota.v1.UsageRecord.newBuilder()
                .setRequestId(call.requestId())
                .setTenantId(call.caller().tenantId())
                .setProjectId(call.caller().projectId())
                .setKeyId(call.caller().keyId())
                .setSubject(call.caller().subject())
                .setAgentId(call.caller().agentId())
                .setRunId(call.caller().runId())
                .setModel(call.model())
                .setReplicaId(call.replicaId())
                .setPath(call.path())
                .setStartTime(TimeWire.of(call.startedAt()))
                .setFirstByteMicros(call.firstByte().toNanos() / 1_000)
                .setDurationMicros(call.duration().toNanos() / 1_000)
                .setInputTokens(call.tokens().input())
                .setCachedInputTokens(call.tokens().cachedInput())
                .setOutputTokens(call.tokens().output())
                .setReasoningTokens(call.reasoningTokens())
                .setEstimated(call.estimated())
                .setOutcome(of(call.result().outcome()))
                .setStatus(call.result().status())
                .setReason(call.result().reason())
                .setDetail(call.result().detail())
                .setPriceId(call.priceId())
                .setAmountMicros(call.amountMicros())
                .build();
    }

    static Outcome outcome(ai.exaone.proto.quota.v1.Outcome wire) {
        return switch (wire) {
            case OUTCOME_COMPLETED -> Outcome.COMPLETED;
            case OUTCOME_CLIENT_CLOSED -> Outcome.CLIENT_CLOSED;
            case OUTCOME_UPSTREAM_FAILED -> Outcome.UPSTREAM_FAILED;
            case OUTCOME_INTERRUPTED -> Outcome.INTERRUPTED;
            case OUTCOME_REFUSED -> Outcome.REFUSED;
            case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> throw invalid("A call ended somehow.");
        };
    }

    private static ai.exaone.proto.quota.v1.Outcome of(Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> ai.exaone.proto.quota.v1.Outcome.OUTCOME_COMPLETED;
            case CLIENT_CLOSED -> ai.exaone.proto.quota.v1.Outcome.OUTCOME_CLIENT_CLOSED;
            case UPSTREAM_FAILED -> ai.exaone.proto.quota.v1.Outcome.OUTCOME_UPSTREAM_FAILED;
            case INTERRUPTED -> ai.exaone.proto.quota.v1.Outcome.OUTCOME_INTERRUPTED;
            case REFUSED -> ai.exaone.proto.quota.v1.Outcome.OUTCOME_REFUSED;
        };
    }

    private static String require(Pattern pattern, String id) {
        if (!pattern.matcher(id).matches()) {
            throw invalid("An id of a call is not formed as ids are.");
        }
        return id;
    }

    /** Cuts a text to so many characters of UTF-16, never in the middle of one of Unicode. */
    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private static Duration micros(long micros) {
        return Duration.of(Math.max(0, micros), ChronoUnit.MICROS);
    }

    private static PlatformException invalid(String message) {
        return new PlatformException(UsageError.USAGE_RECORD_INVALID, message);
    }
}
