package ai.exaone.gateway.admission.slice;

import ai.exaone.gateway.admission.Admission;
import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.fakes.InMemoryQuota;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.rpc.Principal;
import com.sun.management.ThreadMXBean;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** What admitting and settling one call costs the thread that does it, in CPU and memory. Argument: rounds of a million calls. */
public final class SliceAdmissionBench {
    private static final int CALLS = 1_000_000;
    private static final TokenCounts USED = new TokenCounts(80, 0, 120, 0, false);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Instant ARRIVED = Instant.parse("2026-11-23T00:00:00Z");

    private SliceAdmissionBench() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        InMemoryQuota quota = new InMemoryQuota();
        Server server = InProcessServerBuilder.forName("slice-bench")
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addServices(quota.services().stream()
                        .map(BindableService::bindService)
                        .toList())
                .build()
                .start();
        ManagedChannel channel = InProcessChannelBuilder.forName("slice-bench").build();
        var runs = new AtomicLong();
        try (var admission =
                SliceAdmission.start(channel, "gateway-1", () -> "run_" + runs.incrementAndGet(), Clock.systemUTC())) {
            while (!admission.ready()) {
                Thread.onSpinWait();
            }
            quota.liftUnknown();
            for (int round = 0; round < rounds; round++) {
                measure("no limits", admission);
            }
            quota.limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, "", "");
            quota.limit(LimitKind.LIMIT_KIND_TOKENS_PER_MINUTE, TestIds.PROJECT, "");
            quota.limit(LimitKind.LIMIT_KIND_CONCURRENT_REQUESTS, TestIds.PROJECT, TestIds.KEY);
            for (int round = 0; round < rounds; round++) {
                measure("three nested limits", admission);
            }
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    private static void measure(String name, Admission admission) {
        Principal caller =
                Principal.key(TestIds.KEY, "CI", TestIds.TENANT, TestIds.PROJECT, Set.of("inference.call"), List.of());
        HoldRequest[] calls = new HoldRequest[1_000];
        for (int call = 0; call < calls.length; call++) {
            calls[call] = new HoldRequest("req_" + call, ARRIVED, caller, TestIds.PROJECT, "exaone", 100, 300);
        }
        long self = Thread.currentThread().threadId();
        long bytes = THREADS.getThreadAllocatedBytes(self);
        long cpu = THREADS.getCurrentThreadCpuTime();
        long asked = 0;
        for (int call = 0; call < CALLS; call++) {
            HoldRequest request = calls[call % calls.length];
            var decision = admission.admit(request).toCompletableFuture();
            asked += decision.isDone() ? 0 : 1;
            if (!(decision.join() instanceof Decision.Admitted)) {
                throw new IllegalStateException("Refused");
            }
            admission.settle(request, USED).toCompletableFuture().join();
        }
        System.out.printf(
                "%-20s %6.3f us CPU and %5d bytes a call; %d of %d calls asked quota%n",
                name,
                (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / CALLS,
                (THREADS.getThreadAllocatedBytes(self) - bytes) / CALLS,
                asked,
                CALLS);
    }
}
