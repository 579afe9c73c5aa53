package ai.exaone.quota;

import static ai.exaone.quota.QuotaCaller.limit;
import static ai.exaone.quota.QuotaCaller.refusal;
import static ai.exaone.quota.RunningQuota.IDS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.proto.quota.internal.v1.Refused;
import ai.exaone.proto.quota.v1.Limit;
import ai.exaone.proto.quota.v1.LimitKind;
import ai.exaone.proto.quota.v1.ListLimitsRequest;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What quota makes of what identity says of tenants and projects, also when it was down meanwhile. */
@EveryEngine(migrated = "quota")
class TenancyTest {
    @AutoClose
    private final RunningQuota quota;

    private final QuotaCaller caller;

    TenancyTest(TestDatabase database, @TempDir Path folder) throws Exception {
        quota = new RunningQuota(database, folder);
        caller = new QuotaCaller(quota);
    }

    @Test
    void daysAndMonthsBeginInTheTenantsZone() {
        Limit day = caller.create(caller.admin(), limit(LimitKind.LIMIT_KIND_TOKENS_PER_DAY, 9), "");
        Limit month = caller.create(caller.admin(), limit(LimitKind.LIMIT_KIND_TOKENS_PER_MONTH, 9_000), "");
        assertThat(localReset(day, "Asia/Seoul").toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
        for (String zone : List.of("America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati")) {
            quota.identity.tenant(caller.tenant, zone);
            await(() -> {
                assertThat(localReset(caller.get(caller.admin(), day.getLimitId()), zone)
                                .toLocalTime())
                        .isEqualTo(LocalTime.MIDNIGHT);
                ZonedDateTime nextMonth = localReset(caller.get(caller.admin(), month.getLimitId()), zone);
                assertThat(nextMonth.toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
                assertThat(nextMonth.getDayOfMonth()).isEqualTo(1);
            });
        }
        quota.whileDown(() -> quota.identity.tenant(caller.tenant, "Europe/Berlin"));
        await(() -> assertRefusedUntilMidnight("Europe/Berlin"));
        // Nobody says it any more, and it is known.
        quota.whileDown(quota.identity::close);
        assertRefusedUntilMidnight("Europe/Berlin");
    }

    @Test
    void aDeletedProjectsLimitsGoAndComeNoMore() {
        Limit ofTenant = caller.create(caller.admin(), limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1), "");
        Limit ofOther = ofProject(IDS.next("prj"), "");
        ofProject(caller.project, "");
        ofProject(caller.project, caller.key);
        quota.identity.projectDeleted(caller.tenant, caller.project);
        await(() -> assertThat(limits()).containsExactly(ofTenant, ofOther));
        assertThat(refusal(() -> ofProject(caller.project, "")).category()).isEqualTo(ErrorCategory.NOT_FOUND);
        await(() -> assertThat(quota.identity.events().values())
                .filteredOn(event -> event.getAction().equals("limit.delete"))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.getActor()).isEqualTo("service:quota")));

        quota.whileDown(() -> quota.identity.projectDeleted(caller.tenant, ofOther.getProjectId()));
        await(() -> assertThat(limits()).containsExactly(ofTenant));
    }

    private Limit ofProject(String projectId, String keyId) {
        return caller.create(
                caller.admin(),
                limit(LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, 1).toBuilder()
                        .setProjectId(projectId)
                        .setKeyId(keyId)
                        .build(),
                "");
    }

    private List<Limit> limits() {
        return caller.list(ListLimitsRequest.newBuilder().setTenantId(caller.tenant))
                .getLimitsList();
    }

    private void assertRefusedUntilMidnight(String zone) {
        Refused refused = caller.admit(IDS.next("req")).getRefused();
        assertThat(refused.getLimit().getKind()).isEqualTo(LimitKind.LIMIT_KIND_TOKENS_PER_DAY);
        assertThat(localReset(refused.getLimit(), zone).toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
    }

    private static ZonedDateTime localReset(Limit limit, String zone) {
        return Instant.ofEpochSecond(limit.getResetTime().getSeconds()).atZone(ZoneId.of(zone));
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().untilAsserted(assertion);
    }
}
