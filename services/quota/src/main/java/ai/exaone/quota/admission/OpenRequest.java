package ai.exaone.quota.admission;

import java.time.Duration;

/** An open request that is being visited; not to be kept. Guarded by its {@link Book}. */
final class OpenRequest {
    private final HeldRequest request;
    private final HeldRequests requests;
    private final Journal journal;
    private final Moment now;

    OpenRequest(HeldRequest request, HeldRequests requests, Journal journal, Moment now) {
        this.request = request;
        this.requests = requests;
        this.journal = journal;
        this.now = now;
    }

    String gatewayId() {
        return request.hold.gatewayId();
    }

    Duration age() {
        return Duration.ofNanos(now.nanos() - request.admittedNanos);
    }

    /** Gives its slot back, or takes it again. In memory only: the hold stays what it is. */
    void occupySlot(boolean occupied) {
        requests.occupySlot(request, occupied, now);
    }

    /** Counts all that it holds as used, until better is known. */
    void settleInFull() {
        Hold hold = request.hold;
        request.stored = journal.submit(requests.close(request, HoldState.SWEPT, hold.tokens(), hold.micros(), now));
    }
}
