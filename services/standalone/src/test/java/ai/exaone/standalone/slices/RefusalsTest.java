package ai.exaone.standalone.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.rpc.Principal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fits in a limit is admitted, through whichever of three gateways it comes, and what does not is refused by each. */
@Tag("server")
class RefusalsTest {
    private static final int INPUT = 100;
    private static final int OUTPUT = 300;

    @TempDir
    Path folder;

    @AutoClose
    private final ThreeGateways platform = new ThreeGateways();

    private final Principal caller = SliceClient.caller(platform.tenant, platform.project);

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 24})
    void asManyCallersAsSlotsAreNeverRefused(int slots) throws Exception {
        platform.limit(platform.project, "CONCURRENT_REQUESTS", slots);
        platform.start(folder);
        var load = Load.roaming(platform.gateways, caller, slots);
        load.start();
        await().until(() -> load.admitted() > 50 * slots);
        load.stop();
        System.out.println(load.summary(Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(load.refused()).as("refused").isZero();
        assertThat(load.mostAtOnce()).as("at once").isLessThanOrEqualTo(slots);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void moreCallersThanSlotsAreRefusedOnlyWhileAllSlotsAreTaken(int slots) throws Exception {
        platform.limit(platform.project, "CONCURRENT_REQUESTS", slots);
        platform.start(folder);
        var load = Load.roaming(platform.gateways, caller, slots + 2);
        load.start();
        await().until(() -> load.admitted() > 100 * slots);
        load.stop();
        System.out.println(load.summary(Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(load.falselyRefused(Long.MAX_VALUE, Long.MAX_VALUE, slots))
                .as("falsely refused")
                .isZero();
        assertThat(load.mostAtOnce()).as("at once").isLessThanOrEqualTo(slots);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 60})
    void aLimitIsAdmittedToItsLastRequest(int requests) throws Exception {
        platform.limit(platform.project, "REQUESTS_PER_MINUTE", requests);
        platform.start(folder);
        assertThat(admittedOf(requests + 1, INPUT)).isEqualTo(requests);
        assertRefusedByAll();
    }

    @ParameterizedTest
    @CsvSource({"1000, 7", "4000, 37"})
    void aLimitIsAdmittedToItsLastTokens(int tokens, int requests) throws Exception {
        platform.limit(platform.project, "TOKENS_PER_MINUTE", tokens);
        platform.start(folder);
        assertThat(admittedOf(requests + 1, INPUT)).isEqualTo(requests);
        assertRefusedByAll();
    }

    /** Calls one after the other, each through any gateway, each over before the next. */
    private int admittedOf(int calls, long used) {
        int admitted = 0;
        for (int call = 0; call < calls; call++) {
            SliceClient gateway = any(platform.gateways);
            HoldRequest request = SliceClient.call(caller, INPUT, OUTPUT);
            if (gateway.admit(request) instanceof Decision.Admitted) {
                admitted++;
                gateway.admission
                        .settle(request, new TokenCounts(used, 0, 0, 0, false))
                        .toCompletableFuture()
                        .join();
            }
        }
        return admitted;
    }

    private void assertRefusedByAll() {
        assertThat(platform.gateways)
                .allSatisfy(gateway -> assertThat(gateway.admit(SliceClient.call(caller, INPUT, OUTPUT)))
                        .isInstanceOf(Decision.Refused.class));
    }

    private static SliceClient any(List<SliceClient> gateways) {
        return gateways.get(ThreadLocalRandom.current().nextInt(gateways.size()));
    }
}
