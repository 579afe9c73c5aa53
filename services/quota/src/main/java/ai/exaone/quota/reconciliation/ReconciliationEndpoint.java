package ai.exaone.quota.reconciliation;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.quota.v1.GetReconciliationRequest;
import ai.exaone.proto.quota.v1.GetReconciliationResponse;
import ai.exaone.proto.quota.v1.ListDifferencesRequest;
import ai.exaone.proto.quota.v1.ListDifferencesResponse;
import ai.exaone.proto.quota.v1.RebuildSumsRequest;
import ai.exaone.proto.quota.v1.RebuildSumsResponse;
import ai.exaone.proto.quota.v1.Reconciliation;
import ai.exaone.proto.quota.v1.ReconciliationServiceGrpc;
import ai.exaone.rpc.TimeWire;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** The ledger's comparison over gRPC. */
public final class ReconciliationEndpoint extends ReconciliationServiceGrpc.ReconciliationServiceImplBase {
    private final Reconciler reconciler;
    private final Differences differences;

    public ReconciliationEndpoint(Reconciler reconciler, Differences differences) {
        this.reconciler = reconciler;
        this.differences = differences;
    }

    @Override
    public void getReconciliation(
            GetReconciliationRequest request, StreamObserver<GetReconciliationResponse> responses) {
        Turn turn = differences.turn();
        var reconciliation = Reconciliation.newBuilder()
                .setComparedDays(turn.days())
                .setComparedCalls(turn.calls())
                .setOpenDifferences(differences.countOpen());
        if (turn.ended().isAfter(Instant.EPOCH)) {
            reconciliation.setTurnTime(TimeWire.of(turn.ended()));
        }
        turn.walked().map(TimeWire::of).ifPresent(reconciliation::setCompleteTime);
        responses.onNext(GetReconciliationResponse.newBuilder()
                .setReconciliation(reconciliation)
                .build());
        responses.onCompleted();
    }

    @Override
    public void listDifferences(ListDifferencesRequest request, StreamObserver<ListDifferencesResponse> responses) {
        Page<Difference> page = differences.list(
                request.getIncludeResolved(), PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListDifferencesResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(ReconciliationEndpoint::wire).forEach(response::addDifferences);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void rebuildSums(RebuildSumsRequest request, StreamObserver<RebuildSumsResponse> responses) {
        int corrected = reconciler.rebuild(request.getTenantId(), day(request.getDay()));
        responses.onNext(
                RebuildSumsResponse.newBuilder().setCorrectedSums(corrected).build());
        responses.onCompleted();
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException impossible) {
            throw PlatformException.because(ReconciliationError.LEDGER_DAY_INVALID, "There is no such day.")
                    .violation("day", "is no day of the calendar")
                    .build();
        }
    }

    private static ai.exaone.proto.quota.v1.Difference wire(Difference difference) {
        var wire = ai.exaone.proto.quota.v1.Difference.newBuilder()
                .setDifferenceId(difference.differenceId())
                .setKind(wire(difference.subject().kind()))
                .setTenantId(difference.subject().tenantId())
                .setGatewayId(difference.subject().gatewayId())
                .setPeriodStartTime(TimeWire.of(difference.subject().period()))
                .setMeasure(difference.finding().measure())
                .setLedgerValue(difference.finding().ledger())
                .setDerivedValue(difference.finding().derived())
                .setUnits(difference.finding().units())
                .setFirstSeenTime(TimeWire.of(difference.firstSeen()))
                .setLastSeenTime(TimeWire.of(difference.lastSeen()));
        difference.resolved().map(TimeWire::of).ifPresent(wire::setResolvedTime);
        return wire.build();
    }

    private static ai.exaone.proto.quota.v1.DifferenceKind wire(DifferenceKind kind) {
        return switch (kind) {
            case SUMS -> ai.exaone.proto.quota.v1.DifferenceKind.DIFFERENCE_KIND_SUMS;
            case HOURS -> ai.exaone.proto.quota.v1.DifferenceKind.DIFFERENCE_KIND_HOURS;
            case SPOOL -> ai.exaone.proto.quota.v1.DifferenceKind.DIFFERENCE_KIND_SPOOL;
            case WATERMARK -> ai.exaone.proto.quota.v1.DifferenceKind.DIFFERENCE_KIND_WATERMARK;
            case STATEMENT -> ai.exaone.proto.quota.v1.DifferenceKind.DIFFERENCE_KIND_STATEMENT;
        };
    }
}
