package ai.exaone.gateway.signin;

import static ai.exaone.gateway.management.ManagementCluster.SESSION;
import static ai.exaone.gateway.management.ManagementCluster.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.management.ManagementCluster;
import ai.exaone.rpc.Principal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller presents, and what a browser may be made to present. */
class CredentialsTest {
    private static final String PATH = "/api/v1/tenants/" + TENANT;
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
    void known() {
        cluster.signIn("tenant.read", "tenant.write");
        cluster.identity.session(
                "exk_key", tenant -> Principal.key("key_1", "ci", TENANT, "prj_1", Set.of("tenant.read"), List.of()));
        cluster.identity.session(
                "a.b.c",
                tenant -> Principal.user("usr_2", "Min", Optional.of(tenant), Set.of("tenant.read", "tenant.write")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b.c", "bearer a.b.c", "Bearer exk_key", "BEARER   exk_key "})
    void aBearerIsAnAccessTokenOrAKey(String authorization) throws Exception {
        assertThat(get(authorization).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer exk_other", "Bearer x.y.z", "Basic YTpi", "a.b.c"})
    void anythingElseIsNobody(String authorization) throws Exception {
        assertThat(get(authorization).statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsTooLongIsNobodyAndNeverSent() throws Exception {
        int before = cluster.identity.exchanges.size();
        assertThat(get("Bearer exk_" + "x".repeat(300)).statusCode()).isEqualTo(401);
        assertThat(cluster.identity.exchanges).hasSize(before);
    }

    @Test
    void aHeaderIsMeantMoreThanACookie() throws Exception {
        HttpResponse<String> answer = cluster.send(cluster.asPerson(PATH).header("Authorization", "Bearer exk_other"));
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void aCookieReadsWithoutAnOrigin() throws Exception {
        assertThat(cluster.send(HttpRequest.newBuilder(cluster.url(PATH)).header("Cookie", "exaone_session=" + SESSION))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "http://127.0.0.1:8080, -, 200",
                "HTTP://127.0.0.1:8080, -, 200",
                "-, same-origin, 200",
                "http://127.0.0.1:8080, same-origin, 200",
                "-, -, 403",
                "-, same-site, 403",
                "-, cross-site, 403",
                "-, none, 403",
                "null, -, 403",
                "https://evil.example, -, 403",
                "https://evil.example, same-origin, 403",
                "http://127.0.0.1:8081, -, 403",
                "https://127.0.0.1:8080, -, 403",
                "http://127.0.0.1:8080.evil.example, -, 403"
            })
    void aCookieChangesOnlyFromOurOwnPages(String origin, String site, int status) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(cluster.url(PATH))
                .header("Cookie", "exaone_session=" + SESSION)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"displayName\": \"A\"}"));
        if (origin != null) {
            request.header("Origin", origin);
        }
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }
        HttpResponse<String> answer = cluster.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.body()).contains("CROSS_SITE_REQUEST");
        }
    }

    @Test
    void aBearerChangesFromAnywhere() throws Exception {
        HttpResponse<String> answer = cluster.send(HttpRequest.newBuilder(cluster.url(PATH))
                .header("Authorization", "Bearer a.b.c")
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"displayName\": \"A\"}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static HttpResponse<String> get(String authorization) throws Exception {
        return cluster.send(HttpRequest.newBuilder(cluster.url(PATH)).header("Authorization", authorization));
    }
}
