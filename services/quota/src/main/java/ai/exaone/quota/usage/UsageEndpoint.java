package ai.exaone.quota.usage;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.quota.v1.GetUsageRecordRequest;
import ai.exaone.proto.quota.v1.GetUsageRecordResponse;
import ai.exaone.proto.quota.v1.ListUsageRecordsRequest;
import ai.exaone.proto.quota.v1.ListUsageRecordsResponse;
import ai.exaone.proto.quota.v1.QueryUsageRequest;
import ai.exaone.proto.quota.v1.QueryUsageResponse;
import ai.exaone.proto.quota.v1.UsageDimension;
import ai.exaone.proto.quota.v1.UsageInterval;
import ai.exaone.proto.quota.v1.UsageServiceGrpc;
import ai.exaone.proto.quota.v1.UsageSum;
import ai.exaone.quota.access.Viewer;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.TimeWire;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.Optional;

/** Usage over gRPC. A caller that is bound to a project sees that project's calls only. */
public final class UsageEndpoint extends UsageServiceGrpc.UsageServiceImplBase {
    /** Before and after every call there can be. */
    private static final Instant BEGINNING = Instant.parse("1970-01-01T00:00:01Z");

    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    private final UsageReports reports;

    public UsageEndpoint(UsageReports reports) {
        this.reports = reports;
    }

    @Override
    public void queryUsage(QueryUsageRequest request, StreamObserver<QueryUsageResponse> responses) {
        var question = new SumQuestion(
                TimeWire.of(request.getStartTime()),
                TimeWire.of(request.getEndTime()),
                viewer().projectWithin(request.getProjectId()),
                request.getKeyId(),
                request.getModel(),
                dimension(request.getDimension()),
                interval(request.getInterval()));
        UsageReport report = reports.sum(request.getTenantId(), question);
        var response = QueryUsageResponse.newBuilder().setTotal(wire(report.total()));
        report.lines().stream().map(UsageEndpoint::wire).forEach(response::addSums);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void listUsageRecords(ListUsageRecordsRequest request, StreamObserver<ListUsageRecordsResponse> responses) {
        var filter = new UsageFilter(
                request.hasStartTime() ? TimeWire.of(request.getStartTime()) : BEGINNING,
                request.hasEndTime() ? TimeWire.of(request.getEndTime()) : END,
                viewer().projectWithin(request.getProjectId()),
                request.getKeyId(),
                request.getModel(),
                request.getRunId(),
                outcome(request.getOutcome()));
        Page<UsageRecord> page = reports.list(
                request.getTenantId(), filter, PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListUsageRecordsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(UsageWire::of).forEach(response::addUsageRecords);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void getUsageRecord(GetUsageRecordRequest request, StreamObserver<GetUsageRecordResponse> responses) {
        UsageRecord call = reports.get(request.getTenantId(), request.getRequestId());
        if (!viewer().sees(call.caller().projectId())) {
            throw new PlatformException(UsageError.USAGE_RECORD_NOT_FOUND, "There is no call of that request id.");
        }
        responses.onNext(GetUsageRecordResponse.newBuilder()
                .setUsageRecord(UsageWire.of(call))
                .build());
        responses.onCompleted();
    }

    private static Viewer viewer() {
        return Viewer.of(CallContext.current().requirePrincipal());
    }

    private static Optional<Outcome> outcome(ai.exaone.proto.quota.v1.Outcome wire) {
        return wire == ai.exaone.proto.quota.v1.Outcome.OUTCOME_UNSPECIFIED
                ? Optional.empty()
                : Optional.of(UsageWire.outcome(wire));
    }

    private static Dimension dimension(UsageDimension wire) {
        return switch (wire) {
            case USAGE_DIMENSION_PROJECT -> Dimension.PROJECT;
            case USAGE_DIMENSION_KEY -> Dimension.KEY;
            case USAGE_DIMENSION_MODEL -> Dimension.MODEL;
            case USAGE_DIMENSION_AGENT -> Dimension.AGENT;
            case USAGE_DIMENSION_OUTCOME -> Dimension.OUTCOME;
            case USAGE_DIMENSION_UNSPECIFIED, UNRECOGNIZED -> Dimension.NONE;
        };
    }

    private static Interval interval(UsageInterval wire) {
        return switch (wire) {
            case USAGE_INTERVAL_HOUR -> Interval.HOUR;
            case USAGE_INTERVAL_DAY -> Interval.DAY;
            case USAGE_INTERVAL_MONTH -> Interval.MONTH;
            case USAGE_INTERVAL_UNSPECIFIED, UNRECOGNIZED -> Interval.NONE;
        };
    }

    private static UsageSum wire(UsageReport.Line line) {
        var wire = UsageSum.newBuilder()
                .setGroup(line.group())
                .setRequests(line.requests())
                .setRefusedRequests(line.refusedRequests())
                .setInputTokens(line.inputTokens())
                .setOutputTokens(line.outputTokens())
                .setAmountMicros(line.amountMicros());
        Optional<Timestamp> start = line.start().map(TimeWire::of);
        start.ifPresent(wire::setStartTime);
        return wire.build();
    }
}
