package ai.exaone.standalone.slices;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.admission.Decision;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.admission.slice.SliceAdmission;
import ai.exaone.gateway.metering.Ledger;
import ai.exaone.gateway.metering.RpcLedger;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.ServiceName;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** A gateway as far as quota is concerned: its side of admission, with a connection of its own. */
final class SliceClient implements AutoCloseable {
    static final IdGenerator IDS = new IdGenerator(Clock.systemUTC(), new SecureRandom());
    static final String MODEL = "exaone-4.0-32b";

    final String gatewayId;
    final SliceAdmission admission;
    /** Where its books go. */
    final Ledger ledger;

    private final RpcChannels channels;

    SliceClient(String gatewayId, QuotaProcess quota) {
        this.gatewayId = gatewayId;
        channels = quota.gateway();
        var channel = channels.to(ServiceName.QUOTA);
        admission = SliceAdmission.start(channel, gatewayId, () -> IDS.next("slices"), Clock.systemUTC());
        ledger = new RpcLedger(channel, gatewayId);
    }

    /**
     * Asks for a call.
     *
     * @throws PlatformException nobody can say
     */
    Decision admit(HoldRequest request) {
        try {
            return admission.admit(request).toCompletableFuture().join();
        } catch (CompletionException failure) {
            throw (PlatformException) failure.getCause();
        }
    }

    static Principal caller(String tenantId, String projectId) {
        return Principal.key(IDS.next("key"), "CI", tenantId, projectId, Set.of("inference.call"), List.of());
    }

    static HoldRequest call(Principal caller, long input, long output) {
        return new HoldRequest(
                IDS.next("req"), Instant.now(), caller, caller.projectId().orElseThrow(), MODEL, input, output);
    }

    /** Is gone, without a word to quota. */
    void die() {
        channels.close();
        admission.close();
    }

    @Override
    public void close() {
        admission.close();
        channels.close();
    }
}
