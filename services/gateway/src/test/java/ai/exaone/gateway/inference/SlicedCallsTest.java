package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.RawCaller;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.quota.v1.LimitKind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class SlicedCallsTest extends ThroughGateway {
    @Test
    void aCallerWithoutLimitsIsNeverAskedForAndGoesOnWithoutQuota() throws Exception {
        cluster.quota.liftUnknown();
        assertThat(call().statusCode()).isEqualTo(200);
        cluster.quota.away(true);
        HttpResponse<String> answer = call();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-ratelimit-limit-requests")).isEmpty();
        assertThat(cluster.quota.holds()).isEmpty();
    }

    @Test
    void onceThereIsASliceCallsAreAdmittedFromIt() throws Exception {
        cluster.quota.liftUnknown();
        cluster.quota.limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, "", "");
        cluster.quota.limit(LimitKind.LIMIT_KIND_TOKENS_PER_MINUTE, TestIds.PROJECT, "");
        cluster.quota.limit(LimitKind.LIMIT_KIND_CONCURRENT_REQUESTS, TestIds.PROJECT, TestIds.KEY);
        call();
        Awaitility.await().until(() -> cluster.quota.openHolds().isEmpty());
        admitFromSlices();
        HttpResponse<String> answer = call();
        long remaining = Long.parseLong(
                answer.headers().firstValue("x-ratelimit-remaining-requests").orElseThrow());
        assertThat(remaining).isLessThan(1_000_000_000_000L).isGreaterThan(999_999_000_000L);
        assertThat(answer.headers().firstValue("x-ratelimit-limit-tokens")).contains("1000000000000");
        cluster.quota.away(true);
        assertThat(call().statusCode()).isEqualTo(200);
    }

    @Test
    void withoutTrafficNothingIsExchanged() throws Exception {
        cluster.quota.liftUnknown();
        cluster.quota.limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, "", "");
        call();
        Awaitility.await().until(() -> cluster.quota.exchanges() > 0);
        // The slice is given back; after that there is nothing to say.
        Awaitility.await().during(Duration.ofSeconds(2)).until(new Unchanged(cluster.quota::exchanges));
    }

    @Test
    void slotsOfStreamsThatAreCutOrLeftComeBack() throws Exception {
        cluster.quota.liftUnknown();
        cluster.quota.limit(LimitKind.LIMIT_KIND_CONCURRENT_REQUESTS, "", "");
        admitFromSlices();
        String key = cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty());
        List<RawCaller> left = new ArrayList<>();
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            reply.awaitReaderGone();
        });
        while (left.size() < 20) {
            RawCaller raw = new RawCaller(cluster.url(), key);
            left.add(raw.send(raw.chat(STREAM)));
        }
        Awaitility.await()
                .until(() -> cluster.quota.running() + cluster.quota.openHolds().size() == left.size());
        assertThat(cluster.quota.running())
                .as("those that quota was not asked about")
                .isPositive();
        for (RawCaller raw : left) {
            raw.close();
        }
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
        });
        for (int cut = 0; cut < 20; cut++) {
            caller.post("/v1/chat/completions", STREAM);
        }
        engine.behave((request, reply) -> reply.json(500, "{}"));
        call();
        Awaitility.await()
                .until(() -> cluster.quota.running() == 0
                        && cluster.quota.openHolds().isEmpty());
    }

    /** The first call is asked for, and so are others until there is a slice. */
    private void admitFromSlices() {
        Awaitility.await().until(() -> {
            int before = cluster.quota.holds().size();
            return call().statusCode() == 200 && cluster.quota.holds().size() == before;
        });
    }

    private HttpResponse<String> call() throws Exception {
        return caller.post("/v1/chat/completions", HELLO);
    }

    /** Whether a count is what it was when it was last looked at. */
    private static final class Unchanged implements Callable<Boolean> {
        private final IntSupplier count;
        private int last = -1;

        private Unchanged(IntSupplier count) {
            this.count = count;
        }

        @Override
        public Boolean call() {
            int before = last;
            last = count.getAsInt();
            return last == before;
        }
    }
}
