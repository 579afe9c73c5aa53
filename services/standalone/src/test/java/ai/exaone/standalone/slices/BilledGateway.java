package ai.exaone.standalone.slices;

import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.CallStart;
import ai.exaone.gateway.metering.Drain;
import ai.exaone.gateway.metering.Meter;
import ai.exaone.gateway.metering.MeteredCall;
import ai.exaone.gateway.metering.Spool;
import ai.exaone.gateway.metering.SpoolConfig;
import ai.exaone.gateway.metering.SpoolSync;
import ai.exaone.gateway.metering.TokenCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A gateway as far as quota is concerned, with its books: a spool, which outlives it, and the drain of it to the ledger. */
final class BilledGateway implements AutoCloseable {
    private static final Duration DRAIN_INTERVAL = Duration.ofMillis(100);

    final SliceClient client;
    private final Path folder;
    private final Spool spool;
    private final Meter meter;
    private final Drain drain;
    private boolean dead;

    /** A call that it was asked for. */
    record Call(HoldRequest request, MeteredCall record) {}

    /**
     * @param folder where the spools of all gateways are
     */
    BilledGateway(SliceClient client, Path folder) {
        this.client = client;
        this.folder = folder;
        spool = Spool.open(SpoolConfig.in(folder.resolve(client.gatewayId), SpoolSync.GROUPED), Clock.systemUTC());
        meter = new Meter(spool, System::nanoTime, call -> {});
        drain = new Drain(spool, meter, client.ledger, DRAIN_INTERVAL, client.admission);
        drain.start();
    }

    /** Records that a call came; empty where there is nobody any more to do so. */
    synchronized Optional<Call> begin(HoldRequest request) {
        return dead ? Optional.empty() : Optional.of(new Call(request, meter.begin(start(request))));
    }

    /** Decides about a call. */
    CompletionStage<Decision> admit(Call call) {
        return client.admission.admit(call.request).thenApply(decision -> {
            if (decision instanceof Decision.Admitted admitted) {
                admitted.charge().ifPresent(call.record::charge);
            }
            return decision;
        });
    }

    /** Records that a call was not admitted. */
    synchronized void refuse(Call call, String reason) {
        if (!dead) {
            call.record.end(CallEnd.refused(429, reason, ""));
        }
    }

    /**
     * Records that a call is over, and settles what it holds.
     *
     * @return empty where the gateway died before; otherwise completes when it is settled
     */
    synchronized Optional<CompletionStage<Void>> end(Call call, TokenCounts used) {
        if (dead) {
            return Optional.empty();
        }
        CompletableFuture<Void> recorded =
                call.record.end(CallEnd.completed(used)).toCompletableFuture();
        return Optional.of(recorded.thenCombine(client.admission.settle(call.request, used), (one, other) -> one));
    }

    /** Is gone, without a word to quota; what ran is in the spool as that. */
    void die() throws IOException {
        synchronized (this) {
            dead = true;
        }
        drain.close();
        spool.close();
        client.die();
    }

    /** The next process of a dead one. */
    BilledGateway startAgain(ThreeGateways platform) {
        return new BilledGateway(platform.startAgain(client), folder);
    }

    @Override
    public void close() throws IOException {
        drain.close();
        spool.close();
    }

    private static CallStart start(HoldRequest request) {
        return new CallStart(
                request.requestId(),
                request.tenantId(),
                request.projectId(),
                request.principal().keyId().orElseThrow(),
                request.principal().subject(),
                "",
                "",
                request.model(),
                "/v1/chat/completions",
                request.arrivedAt(),
                System.nanoTime());
    }
}
