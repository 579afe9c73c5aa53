package ai.exaone.quota.statement;

import ai.exaone.proto.quota.v1.ExportStatementRequest;
import ai.exaone.proto.quota.v1.GetStatementRequest;
import ai.exaone.proto.quota.v1.GetStatementResponse;
import ai.exaone.proto.quota.v1.ListStatementsRequest;
import ai.exaone.proto.quota.v1.ListStatementsResponse;
import ai.exaone.proto.quota.v1.StatementLine;
import ai.exaone.proto.quota.v1.StatementServiceGrpc;
import ai.exaone.proto.quota.v1.StatementState;
import ai.exaone.quota.access.Viewer;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.TimeWire;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.time.YearMonth;

/** Statements over gRPC. A caller that is bound to a project sees that project's lines, and their sums, only. */
public final class StatementEndpoint extends StatementServiceGrpc.StatementServiceImplBase {
    private final Statements statements;

    public StatementEndpoint(Statements statements) {
        this.statements = statements;
    }

    @Override
    public void listStatements(ListStatementsRequest request, StreamObserver<ListStatementsResponse> responses) {
        Page<Statement> page = statements.list(
                request.getTenantId(), project(), PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListStatementsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(StatementEndpoint::wire).forEach(response::addStatements);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void getStatement(GetStatementRequest request, StreamObserver<GetStatementResponse> responses) {
        Statement statement = statements.get(request.getTenantId(), YearMonth.parse(request.getMonth()), project());
        responses.onNext(
                GetStatementResponse.newBuilder().setStatement(wire(statement)).build());
        responses.onCompleted();
    }

    @Override
    public void exportStatement(ExportStatementRequest request, StreamObserver<HttpBody> responses) {
        Statement statement = statements.get(request.getTenantId(), YearMonth.parse(request.getMonth()), project());
        responses.onNext(HttpBody.newBuilder()
                .setContentType("text/csv; charset=utf-8")
                .setData(ByteString.copyFromUtf8(StatementCsv.of(statement)))
                .build());
        responses.onCompleted();
    }

    private static String project() {
        return Viewer.of(CallContext.current().requirePrincipal()).projectWithin("");
    }

    private static ai.exaone.proto.quota.v1.Statement wire(Statement statement) {
        Statement.Period period = statement.period();
        var wire = ai.exaone.proto.quota.v1.Statement.newBuilder()
                .setTenantId(statement.tenantId())
                .setMonth(period.month().toString())
                .setTimeZone(period.zone().getId())
                .setStartTime(TimeWire.of(period.start()))
                .setEndTime(TimeWire.of(period.end()))
                .setState(wire(period.state()))
                .setCloseTime(TimeWire.of(period.closes()))
                .setRequests(statement.sums().requests())
                .setRefusedRequests(statement.refused())
                .setInputTokens(statement.sums().inputTokens())
                .setOutputTokens(statement.sums().outputTokens())
                .setAmountMicros(statement.sums().amountMicros())
                .setPayableKrw(statement.payable())
                .setLateAmountMicros(statement.lateMicros())
                .setLaterRequests(statement.later().requests())
                .setLaterAmountMicros(statement.later().amountMicros());
        statement.lines().stream().map(StatementEndpoint::wire).forEach(wire::addLines);
        return wire.build();
    }

    private static StatementLine wire(Statement.Line line) {
        return StatementLine.newBuilder()
                .setProjectId(line.projectId())
                .setModel(line.model())
                .setPriceId(line.priceId())
                .setUsageMonth(line.usageMonth().toString())
                .setLate(line.late())
                .setKind(wire(line.kind()))
                .setTokens(line.tokens())
                .setPriceMicros(line.priceMicros())
                .setAmountMicros(line.amountMicros())
                .build();
    }

    private static ai.exaone.proto.quota.v1.TokenKind wire(TokenKind kind) {
        return switch (kind) {
            case INPUT -> ai.exaone.proto.quota.v1.TokenKind.TOKEN_KIND_INPUT;
            case CACHED_INPUT -> ai.exaone.proto.quota.v1.TokenKind.TOKEN_KIND_CACHED_INPUT;
            case OUTPUT -> ai.exaone.proto.quota.v1.TokenKind.TOKEN_KIND_OUTPUT;
            case OTHER -> ai.exaone.proto.quota.v1.TokenKind.TOKEN_KIND_OTHER;
        };
    }

    private static StatementState wire(Statement.State state) {
        return switch (state) {
            case OPEN -> StatementState.STATEMENT_STATE_OPEN;
            case ENDED -> StatementState.STATEMENT_STATE_ENDED;
            case CLOSED -> StatementState.STATEMENT_STATE_CLOSED;
        };
    }
}
