package ai.exaone.quota;

import static ai.exaone.quota.QuotaCaller.refusal;
import static ai.exaone.quota.RunningQuota.IDS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.proto.quota.v1.ExportStatementRequest;
import ai.exaone.proto.quota.v1.GetStatementRequest;
import ai.exaone.proto.quota.v1.ListStatementsRequest;
import ai.exaone.proto.quota.v1.Price;
import ai.exaone.proto.quota.v1.Statement;
import ai.exaone.proto.quota.v1.StatementLine;
import ai.exaone.proto.quota.v1.StatementServiceGrpc;
import ai.exaone.proto.quota.v1.StatementServiceGrpc.StatementServiceBlockingStub;
import ai.exaone.proto.quota.v1.StatementState;
import ai.exaone.proto.quota.v1.TokenKind;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.rpc.RpcErrors;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements as callers see them, each its own tenant's and project's. */
@EveryEngine(migrated = "quota")
class StatementEndpointTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    /** For all that a test does: a month that ends meanwhile is another one. */
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    @AutoClose
    private final RunningQuota quota;

    private final QuotaCaller caller;

    StatementEndpointTest(TestDatabase database, @TempDir Path folder) throws Exception {
        quota = new RunningQuota(database, folder);
        caller = new QuotaCaller(quota);
    }

    @Test
    void aMonthAddsUpInLinesAndInTheFile() {
        Price price = caller.price(10, 1, 30);
        String month = record();
        Statement statement = get(own(), caller.tenant, month);
        assertThat(statement.getState()).isEqualTo(StatementState.STATEMENT_STATE_OPEN);
        assertThat(statement.getTimeZone()).isEqualTo("Asia/Seoul");
        assertThat(statement.getAmountMicros()).isEqualTo(8 * 10 + 2 * 30);
        assertThat(statement.getPayableKrw()).isZero();
        assertThat(statement.getLinesList())
                .extracting(StatementLine::getKind)
                .containsExactly(TokenKind.TOKEN_KIND_INPUT, TokenKind.TOKEN_KIND_OUTPUT);
        assertThat(statement.getLinesList()).allMatch(line -> line.getPriceId().equals(price.getPriceId()));
        var file = RpcErrors.call(() -> own().exportStatement(ExportStatementRequest.newBuilder()
                .setTenantId(caller.tenant)
                .setMonth(month)
                .build()));
        assertThat(file.getContentType()).isEqualTo("text/csv; charset=utf-8");
        assertThat(file.getData().toStringUtf8().split("\r\n")).hasSize(3);
        assertThat(file.getData().toStringUtf8()).contains(",OUTPUT,2,0.000030,0.000060\r\n");
        assertThat(RpcErrors.call(() -> own().listStatements(ListStatementsRequest.newBuilder()
                                .setTenantId(caller.tenant)
                                .build()))
                        .getStatementsList())
                .singleElement()
                .satisfies(listed -> {
                    assertThat(listed.getMonth()).isEqualTo(month);
                    assertThat(listed.getAmountMicros()).isEqualTo(statement.getAmountMicros());
                });
    }

    @Test
    void aKeySeesItsOwnProjectsLinesOnly() {
        caller.price(10, 1, 30);
        String month = record();
        var ofProject = StatementServiceGrpc.newBlockingStub(quota.key(caller.tenant, caller.project, "usage.read"));
        var ofOther = StatementServiceGrpc.newBlockingStub(quota.key(caller.tenant, IDS.next("prj"), "usage.read"));
        assertThat(get(ofProject, caller.tenant, month).getLinesCount()).isEqualTo(2);
        Statement nothing = get(ofOther, caller.tenant, month);
        assertThat(nothing.getLinesCount()).isZero();
        assertThat(nothing.getAmountMicros()).isZero();
        assertThat(nothing.getRequests()).isZero();
    }

    @Test
    void anotherTenantsAndTheUnpermittedSeeNothing() {
        caller.price(10, 1, 30);
        String month = record();
        var stranger = StatementServiceGrpc.newBlockingStub(quota.person(IDS.next("tnt"), "usage.read"));
        assertThat(refusal(() -> get(stranger, caller.tenant, month)).category())
                .isEqualTo(ErrorCategory.NOT_FOUND);
        assertThat(refusal(() -> stranger.exportStatement(ExportStatementRequest.newBuilder()
                                .setTenantId(caller.tenant)
                                .setMonth(month)
                                .build()))
                        .category())
                .isEqualTo(ErrorCategory.NOT_FOUND);
        var unpermitted = StatementServiceGrpc.newBlockingStub(quota.person(caller.tenant, "limit.read"));
        assertThat(refusal(() -> get(unpermitted, caller.tenant, month)).category())
                .isEqualTo(ErrorCategory.PERMISSION_DENIED);
        assertThat(refusal(() -> get(own(), caller.tenant, "9999-12")).reason().name())
                .isEqualTo("STATEMENT_NOT_FOUND");
        assertThat(refusal(() -> get(own(), caller.tenant, "2026-13")).category())
                .isEqualTo(ErrorCategory.INVALID_ARGUMENT);
    }

    /** Records a call of now; returns its month, which goes on for a while. */
    private String record() {
        Awaitility.await()
                .until(() -> monthOf(Instant.now()).equals(monthOf(Instant.now().plus(LONG_ENOUGH))));
        Instant now = Instant.now();
        UsageRecord call = caller.call(IDS.next("req"), now).build();
        caller.append(call);
        return monthOf(now).toString();
    }

    private static YearMonth monthOf(Instant instant) {
        return YearMonth.from(instant.atZone(SEOUL));
    }

    private StatementServiceBlockingStub own() {
        return StatementServiceGrpc.newBlockingStub(quota.person(caller.tenant, "usage.read"));
    }

    private static Statement get(StatementServiceBlockingStub reader, String tenantId, String month) {
        return RpcErrors.call(() -> reader.getStatement(GetStatementRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setMonth(month)
                        .build()))
                .getStatement();
    }
}
