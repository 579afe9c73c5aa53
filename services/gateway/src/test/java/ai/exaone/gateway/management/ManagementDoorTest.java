package ai.exaone.gateway.management;

import static ai.exaone.gateway.management.ManagementCluster.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.identity.v1.CreateTenantRequest;
import ai.exaone.proto.identity.v1.ListTenantsRequest;
import ai.exaone.proto.identity.v1.Tenant;
import ai.exaone.proto.identity.v1.TenantState;
import ai.exaone.proto.identity.v1.UpdateTenantRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("server")
class ManagementDoorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TENANTS = "/api/v1/tenants";
    private static ManagementCluster cluster;

    @BeforeAll
    static void start(@TempDir Path folder) {
        cluster = ManagementCluster.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void signIn() {
        cluster.signIn("tenant.read", "tenant.write", "platform.tenant.read", "platform.tenant.write");
        cluster.tenants.answer(Tenant::getDefaultInstance);
        cluster.tenants.requests.clear();
        cluster.tenants.contexts.clear();
    }

    @Test
    void aFileIsGivenAsItIsToBeSaved() throws Exception {
        String path = TENANTS + "/" + TENANT + "/statements/2026-03/csv";
        assertThat(cluster.get(path).statusCode()).isEqualTo(403);
        cluster.signIn("usage.read");
        HttpResponse<String> answer = cluster.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/csv; charset=utf-8");
        assertThat(answer.headers().firstValue("content-disposition")).hasValue("attachment");
        assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(answer.body()).isEqualTo(ScriptedStatements.FILE);
        assertThat(cluster.get(TENANTS + "/" + TENANT + "/statements/03-2026/csv")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void anAnswerHasEveryFieldInTheFormOfProtoJson() throws Exception {
        cluster.tenants.answer(() -> Tenant.newBuilder()
                .setTenantId(TENANT)
                .setState(TenantState.TENANT_STATE_ACTIVE)
                .setCreateTime(Timestamps.fromMillis(0))
                .build());
        HttpResponse<String> answer = cluster.get(TENANTS + "/" + TENANT);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("x-request-id").orElseThrow()).matches("req_[0-9a-z]{26}");
        assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree("""
                                {"tenant": {"tenantId": "%s", "name": "", "displayName": "", "timeZone": "",
                                "state": "TENANT_STATE_ACTIVE", "createTime": "1970-01-01T00:00:00Z"}}""".formatted(TENANT)));
    }

    @Test
    void theRequestIdAndTheCallersAddressAreKnownEverywhere() throws Exception {
        HttpResponse<String> answer = cluster.get(TENANTS + "/" + TENANT);
        String requestId = answer.headers().firstValue("x-request-id").orElseThrow();
        assertThat(cluster.tenants.contexts).singleElement().satisfies(context -> {
            assertThat(context.requestId()).isEqualTo(requestId);
            assertThat(context.clientAddress()).isEqualTo("127.0.0.1");
            assertThat(context.requirePrincipal().tenantId()).hasValue(TENANT);
        });
        assertThat(cluster.identity.exchanges.getLast().requestId()).isEqualTo(requestId);
    }

    @Test
    void aBodyIsTheFieldThatTheRouteNames() throws Exception {
        HttpResponse<String> answer =
                cluster.send("POST", TENANTS + "?requestId=r-1", "{\"name\": \"acme\", \"displayName\": \"에이컴\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(received())
                .isEqualTo(CreateTenantRequest.newBuilder()
                        .setTenant(Tenant.newBuilder().setName("acme").setDisplayName("에이컴"))
                        .setRequestId("r-1")
                        .build());
    }

    @Test
    void anIdempotencyKeyIsTheRequestsId() throws Exception {
        cluster.send(cluster.asPerson(TENANTS)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Idempotency-Key", "r-2")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"acme\"}")));
        assertThat(((CreateTenantRequest) received()).getRequestId()).isEqualTo("r-2");
    }

    @Test
    void whatIsInTheBodyOfAPatchIsWhatChanges() throws Exception {
        cluster.send("PATCH", TENANTS + "/" + TENANT, "{\"displayName\": \"\"}");
        UpdateTenantRequest request = (UpdateTenantRequest) received();
        assertThat(request.getTenantId()).isEqualTo(TENANT);
        assertThat(request.getUpdateMask().getPathsList()).containsExactly("display_name");
    }

    @Test
    void aQueryFillsTheOtherFields() throws Exception {
        cluster.get(TENANTS + "?pageSize=7&pageToken=a%20b%2Bc");
        assertThat(received())
                .isEqualTo(ListTenantsRequest.newBuilder()
                        .setPageSize(7)
                        .setPageToken("a b+c")
                        .build());
    }

    @Test
    void anActNeedsNoBody() throws Exception {
        HttpResponse<String> answer = cluster.send(
                cluster.asPerson(TENANTS + "/" + TENANT + ":suspend").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aLookAtTheHeadersIsAnsweredWithoutABody() throws Exception {
        HttpResponse<String> answer = cluster.send(
                cluster.asPerson(TENANTS + "/" + TENANT).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void theGatewaysOwnServiceIsReachedLikeTheOthers() throws Exception {
        JsonNode installation =
                JSON.readTree(cluster.get("/api/v1/installation").body()).path("installation");
        assertThat(installation.path("publicUrl").asText()).isEqualTo(ManagementCluster.PUBLIC_URL);
        assertThat(installation.path("currency").asText()).isEqualTo("KRW");
        assertThat(installation.path("version").asText()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET    | /api/v1/nothing                  |                    | 404 | PATH_NOT_FOUND
                    GET    | /api                             |                    | 404 | PATH_NOT_FOUND
                    GET    | /api/                            |                    | 404 | PATH_NOT_FOUND
                    GET    | /api/v1/tenants/                 |                    | 404 | PATH_NOT_FOUND
                    GET    | /api/v1//tenants                 |                    | 404 | PATH_NOT_FOUND
                    PUT    | /api/v1/tenants                  | {}                 | 405 | METHOD_NOT_ALLOWED
                    OPTIONS| /api/v1/tenants                  |                    | 405 | METHOD_NOT_ALLOWED
                    POST   | /api/v1/tenants                  | {                  | 400 | MALFORMED_BODY
                    POST   | /api/v1/tenants                  | []                 | 400 | MALFORMED_BODY
                    POST   | /api/v1/tenants                  | {} {}              | 400 | MALFORMED_BODY
                    POST   | /api/v1/tenants                  | {"name":"a","name":"b"} | 400 | MALFORMED_BODY
                    GET    | /api/v1/tenants                  | {}                 | 400 | MALFORMED_BODY
                    POST   | /api/v1/tenants                  | {"colour": "red"}  | 400 | INVALID_REQUEST
                    GET    | /api/v1/tenants?pageSize=many    |                    | 400 | INVALID_REQUEST
                    GET    | /api/v1/tenants?pageSize=500     |                    | 400 | INVALID_REQUEST
                    GET    | /api/v1/tenants?colour=red       |                    | 400 | INVALID_REQUEST
                    GET    | /api/v1/tenants/tnt_00000000000000000000000000 || 404 | RESOURCE_NOT_FOUND
                    """)
    void refusalsAreProblems(String method, String path, String body, int status, String reason) throws Exception {
        HttpResponse<String> answer = body == null
                ? cluster.send(cluster.asPerson(path).method(method, HttpRequest.BodyPublishers.noBody()))
                : cluster.send(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("reason").asText()).isEqualTo(reason);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(answer.headers().firstValue("x-request-id"))
                .hasValue(problem.path("requestId").asText());
        assertThat(cluster.tenants.requests).isEmpty();
    }

    @Test
    void whoMayNotDoItIsToldWhichPermissionIsMissing() throws Exception {
        cluster.signIn("tenant.read");
        HttpResponse<String> answer = cluster.send("POST", TENANTS, "{\"name\": \"acme\"}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(answer.body())
                        .path("metadata")
                        .path("permission")
                        .asText())
                .isEqualTo("platform.tenant.write");
    }

    @Test
    void whichMethodsAPathTakesIsSaid() throws Exception {
        HttpResponse<String> answer = cluster.send("DELETE", TENANTS, "");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("GET, POST");
    }

    @Test
    void violationsNameFieldsAsTheCallerWroteThem() throws Exception {
        JsonNode wrong = JSON.readTree(
                cluster.send("POST", TENANTS, "{\"name\": \"No Name\", \"timeZone\": \"%s\"}".formatted("z".repeat(65)))
                        .body());
        assertThat(wrong.findValuesAsText("field")).containsExactlyInAnyOrder("name", "timeZone");
        assertThat(wrong.path("detail").asText()).doesNotContain("tenant.");
        JsonNode unknown = JSON.readTree(
                cluster.send("POST", TENANTS, "{\"colour\": \"red\"}").body());
        assertThat(unknown.findValuesAsText("field")).containsExactly("colour");
        JsonNode ours = JSON.readTree(
                cluster.send("POST", TENANTS, "{\"name\": \"acme\", \"createTime\": \"2026-01-01T00:00:00Z\"}")
                        .body());
        assertThat(ours.findValuesAsText("field")).containsExactly("createTime");
    }

    @Test
    void aBodyOfAnotherMediaTypeIsRefused() throws Exception {
        HttpResponse<String> answer = cluster.send(cluster.asPerson(TENANTS)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=acme")));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void aBodyHasABoundWhetherItsLengthIsSaidOrNot() throws Exception {
        byte[] large = ("{\"name\": \"" + "a".repeat(1 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
        for (var publisher : List.of(
                HttpRequest.BodyPublishers.ofByteArray(large),
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
            HttpResponse<String> answer = cluster.send(cluster.asPerson(TENANTS)
                    .header("Content-Type", "application/json")
                    .POST(publisher));
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("BODY_TOO_LARGE");
        }
    }

    @Test
    void aServicesRefusalKeepsItsReasonItsValuesAndWhenToTryAgain() throws Exception {
        cluster.tenants.answer(() -> {
            throw PlatformException.because(Scripted.QUOTA_EXCEEDED, "The budget of tenant acme is used up.")
                    .metadata("limit", "lim_1")
                    .retryAfter(Duration.ofMillis(2300))
                    .build();
        });
        HttpResponse<String> answer = cluster.get(TENANTS + "/" + TENANT);
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("3");
        assertThat(problem.path("type").asText()).isEqualTo("urn:exaone:reason:QUOTA_EXCEEDED");
        assertThat(problem.path("title").asText()).isEqualTo("Quota exceeded");
        assertThat(problem.path("detail").asText()).isEqualTo("The budget of tenant acme is used up.");
        assertThat(problem.path("metadata").path("limit").asText()).isEqualTo("lim_1");
    }

    @Test
    void aDefectTellsNothingOfItself() throws Exception {
        cluster.tenants.answer(() -> {
            throw new IllegalStateException("password=hunter2");
        });
        HttpResponse<String> answer = cluster.get(TENANTS + "/" + TENANT);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("INTERNAL").doesNotContain("hunter2");
    }

    @Test
    void aServiceThatIsNotThereIsUnavailable() throws Exception {
        cluster.signIn("platform.model.read", "model.read");
        HttpResponse<String> answer = cluster.get("/api/v1/models");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    }

    private static Message received() {
        assertThat(cluster.tenants.requests).hasSize(1);
        return cluster.tenants.requests.getFirst();
    }

    private enum Scripted implements ErrorReason {
        QUOTA_EXCEEDED;

        @Override
        public ErrorCategory category() {
            return ErrorCategory.RESOURCE_EXHAUSTED;
        }
    }
}
