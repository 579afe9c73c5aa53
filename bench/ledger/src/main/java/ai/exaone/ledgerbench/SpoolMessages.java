package ai.exaone.ledgerbench;

import ai.exaone.ids.IdGenerator;
import ai.exaone.proto.quota.internal.v1.AppendUsageRequest;
import ai.exaone.proto.quota.internal.v1.SpoolPosition;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import com.google.protobuf.Timestamp;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Stretches of a gateway's spool as they come over the wire: one after the other, with calls of several tenants, some keys busier than others. */
final class SpoolMessages {
    static final String GATEWAY = "gateway-1";
    private static final int PROJECTS = 5;
    private static final List<String> MODELS =
            List.of("exaone-4.0-32b", "exaone-4.0-1.2b", "exaone-deep-7.8b", "k-exaone");

    private final Random random = new Random(11);
    private final IdGenerator ids = new IdGenerator(Clock.systemUTC(), new SecureRandom());
    private final List<Tenant> tenants;
    private long position;

    private record Tenant(String id, List<String> projects, List<String> keys) {}

    /**
     * @param position where the first stretch begins
     */
    SpoolMessages(int tenants, int keys, long position) {
        this.position = position;
        this.tenants = IntStream.range(0, tenants)
                .mapToObj(tenant -> new Tenant(ids.next("tnt"), made("prj", PROJECTS), made("key", keys)))
                .toList();
    }

    String tenant() {
        return tenants.getFirst().id();
    }

    String project() {
        return tenants.getFirst().projects().getFirst();
    }

    /** Where the last stretch ended. */
    long position() {
        return position;
    }

    /** The next stretch: calls that began within a time, in order. */
    byte[] next(int calls, Instant from, Duration within) {
        var request = AppendUsageRequest.newBuilder()
                .setGatewayId(GATEWAY)
                .setFrom(SpoolPosition.newBuilder().setOffset(position))
                .setTo(SpoolPosition.newBuilder().setOffset(++position));
        // As gateways make them: a request's id tells when it came.
        var moment = new Moment(from);
        var requests = new IdGenerator(moment, new SecureRandom());
        for (int call = 0; call < calls; call++) {
            moment.at = from.plusNanos(within.toNanos() / calls * call);
            request.addUsageRecords(call(requests.next("req"), moment.at).toByteString());
        }
        return request.build().toByteArray();
    }

    private UsageRecord call(String requestId, Instant at) {
        Tenant tenant = tenants.get(random.nextInt(tenants.size()));
        // Half of the calls are of a seventh of the keys.
        int key = (int) (Math.pow(random.nextDouble(), 3) * tenant.keys().size());
        boolean refused = random.nextInt(50) == 0;
        return UsageRecord.newBuilder()
                .setRequestId(requestId)
                .setTenantId(tenant.id())
                .setProjectId(tenant.projects().get(key % PROJECTS))
                .setKeyId(tenant.keys().get(key))
                .setSubject(tenant.keys().get(key))
                .setModel(MODELS.get(random.nextInt(MODELS.size())))
                .setReplicaId("replica-" + random.nextInt(8))
                .setPath("/v1/chat/completions")
                .setStartTime(
                        Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
                .setFirstByteMicros(refused ? 0 : 20_000 + random.nextInt(100_000))
                .setDurationMicros(1_000 + random.nextInt(2_000_000))
                .setInputTokens(random.nextInt(4_000))
                .setOutputTokens(random.nextInt(800))
                .setOutcome(refused ? Outcome.OUTCOME_REFUSED : outcome())
                .setStatus(refused ? 429 : 200)
                .setReason(refused ? "QUOTA_EXCEEDED" : "")
                .build();
    }

    private Outcome outcome() {
        return random.nextInt(40) == 0 ? Outcome.OUTCOME_CLIENT_CLOSED : Outcome.OUTCOME_COMPLETED;
    }

    private List<String> made(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(any -> ids.next(prefix)).toList();
    }

    /** A clock that is set. */
    private static final class Moment extends Clock {
        private Instant at;

        private Moment(Instant at) {
            this.at = at;
        }

        @Override
        public Instant instant() {
            return at;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(at, zone);
        }
    }
}
