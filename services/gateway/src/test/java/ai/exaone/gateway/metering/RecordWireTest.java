package ai.exaone.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.util.Timestamps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Records written by hand against those that Protocol Buffers' own classes write and read. */
class RecordWireTest {
    @Property
    void anEndedCallIsTheRecordThatItWouldBe(@ForAll("calls") EndedCall call) throws IOException {
        byte[] written = bytes(out -> RecordWire.end(call, out));

        assertThat(UsageRecord.parseFrom(written)).isEqualTo(record(call));
    }

    @Property
    void aBeginningIsWhatIsKnownThen(@ForAll("calls") EndedCall call) throws IOException {
        byte[] written = bytes(out -> RecordWire.start(call.start(), out));

        assertThat(UsageRecord.parseFrom(written))
                .isEqualTo(started(call.start()).build());
    }

    @Property
    void progressIsWhatItChanges(@ForAll("calls") EndedCall call) throws IOException {
        byte[] written = bytes(out -> RecordWire.progress("req_1", call.end().tokens(), call.charge(), out));

        assertThat(UsageRecord.parseFrom(written))
                .isEqualTo(charged(
                        tokens(
                                UsageRecord.newBuilder().setRequestId("req_1"),
                                call.end().tokens()),
                        call));
    }

    @Property
    void whatIsDrainedIsTheRecordAndWhatThePlatformAsksOfIt(@ForAll("calls") EndedCall call, @ForAll byte[] before)
            throws IOException {
        ByteString record = record(call).toByteString();
        byte[] all = ByteString.copyFrom(before).concat(record).toByteArray();

        DrainedCall drained = RecordWire.drained(all, before.length, record.size());

        boolean charged = call.charge().filter(charge -> charge.day() != 0).isPresent();
        assertThat(drained)
                .isEqualTo(new DrainedCall(
                        call.start().requestId(), call.start().arrivedAt().toEpochMilli(), charged, record));
    }

    @Provide
    Arbitrary<EndedCall> calls() {
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20).map(text -> text.replaceAll("\\p{Cs}", ""));
        Arbitrary<Long> numbers = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<Instant> times =
                Arbitraries.longs().between(-1_000_000, 4_000_000_000_000L).map(Instant::ofEpochMilli);
        Arbitrary<CallStart> starts = Combinators.combine(texts.list().ofSize(9), times)
                .as((words, time) -> new CallStart(
                        words.get(0),
                        words.get(1),
                        words.get(2),
                        words.get(3),
                        words.get(4),
                        words.get(5),
                        words.get(6),
                        words.get(7),
                        words.get(8),
                        time,
                        0));
        Arbitrary<TokenCounts> counts = Combinators.combine(numbers.list().ofSize(4), Arbitraries.of(true, false))
                .as((tokens, estimated) ->
                        new TokenCounts(tokens.get(0), tokens.get(1), tokens.get(2), tokens.get(3), estimated));
        Arbitrary<CallEnd> ends = Combinators.combine(
                        Arbitraries.of(
                                Outcome.OUTCOME_COMPLETED, Outcome.OUTCOME_REFUSED, Outcome.OUTCOME_CLIENT_CLOSED),
                        Arbitraries.integers().between(0, 599),
                        counts,
                        texts,
                        texts)
                .as(CallEnd::new);
        Arbitrary<Optional<LimitCharge>> charges = Combinators.combine(
                        Arbitraries.integers().between(0, 100_000), texts)
                .as(LimitCharge::new)
                .optional();
        return Combinators.combine(starts, ends, texts, numbers, numbers, charges)
                .as(EndedCall::new);
    }

    private static byte[] bytes(SpoolFrame.Message message) throws IOException {
        var bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        message.writeTo(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static UsageRecord record(EndedCall call) {
        CallEnd end = call.end();
        UsageRecord.Builder record = started(call.start())
                .setReplicaId(call.replicaId())
                .setFirstByteMicros(call.firstByteMicros())
                .setDurationMicros(call.durationMicros())
                .setOutcome(end.outcome())
                .setStatus(end.status())
                .setReason(end.reason())
                .setDetail(end.detail());
        return charged(tokens(record, end.tokens()), call);
    }

    private static UsageRecord.Builder started(CallStart start) {
        return UsageRecord.newBuilder()
                .setRequestId(start.requestId())
                .setTenantId(start.tenantId())
                .setProjectId(start.projectId())
                .setKeyId(start.keyId())
                .setSubject(start.subject())
                .setAgentId(start.agentId())
                .setRunId(start.runId())
                .setModel(start.model())
                .setPath(start.path())
                .setStartTime(Timestamps.fromMillis(start.arrivedAt().toEpochMilli()));
    }

    private static UsageRecord.Builder tokens(UsageRecord.Builder record, TokenCounts tokens) {
        return record.setInputTokens(tokens.input())
                .setCachedInputTokens(tokens.cachedInput())
                .setOutputTokens(tokens.output())
                .setReasoningTokens(tokens.reasoning())
                .setEstimated(tokens.estimated());
    }

    private static UsageRecord charged(UsageRecord.Builder record, EndedCall call) {
        call.charge().ifPresent(charge -> record.setLimitDay(charge.day()).setPriceId(charge.priceId()));
        return record.build();
    }
}
