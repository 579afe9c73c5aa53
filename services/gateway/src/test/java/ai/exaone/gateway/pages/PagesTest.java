package ai.exaone.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.management.ManagementCluster;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("server")
class PagesTest {
    private static ManagementCluster cluster;
    private static Path console;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        console = Files.createDirectories(folder.resolve("console"));
        Files.createDirectories(console.resolve("assets"));
        Files.writeString(console.resolve("index.html"), "<!doctype html><title>console</title>");
        Files.writeString(console.resolve("assets/index-a1b2c3.js"), "console.log(1)");
        Files.writeString(console.resolve("favicon.svg"), "<svg/>");
        Files.writeString(folder.resolve("secret.txt"), "hunter2");
        Files.createSymbolicLink(console.resolve("link.txt"), folder.resolve("secret.txt"));
        String nobody = "http://127.0.0.1:1/auth";
        cluster = ManagementCluster.start(
                folder, Map.of("exaone.console-dir", console.toString(), "exaone.keycloak.internal-url", nobody));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void theRootLeadsToTheConsole() throws Exception {
        assertThat(get("/").headers().firstValue("location")).hasValue("/console/");
        assertThat(get("/console").headers().firstValue("location")).hasValue("/console/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/", "/console/tenants/tnt_1/keys", "/console/tenants/", "/console/%ED%95%9C"})
    void aPageOfTheConsoleIsItsIndex(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("<title>console</title>");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-cache");
        assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void hashedFilesAreKeptForGood() throws Exception {
        HttpResponse<String> answer = get("/console/assets/index-a1b2c3.js");
        assertThat(answer.body()).isEqualTo("console.log(1)");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/javascript; charset=utf-8");
        assertThat(answer.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
    }

    @Test
    void whatABrowserHasIsNotSentAgainUntilItChanges() throws Exception {
        String tag = get("/console/favicon.svg").headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = cluster.send(
                HttpRequest.newBuilder(cluster.url("/console/favicon.svg")).header("If-None-Match", "\"x\", W/" + tag));
        assertThat(again.statusCode()).isEqualTo(304);
        Files.writeString(console.resolve("favicon.svg"), "<svg id='new'/>");
        Files.setLastModifiedTime(console.resolve("favicon.svg"), FileTime.fromMillis(1));
        HttpResponse<String> changed = cluster.send(
                HttpRequest.newBuilder(cluster.url("/console/favicon.svg")).header("If-None-Match", tag));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains("new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/nothing.js",
                "/console/assets/nothing-ffffff.css",
                "/console/../secret.txt",
                "/console/%2e%2e/secret.txt",
                "/console/..%2fsecret.txt",
                "/console/assets/..%2f..%2fsecret.txt",
                "/console/%5c..%5csecret.txt",
                "/console/link.txt",
                "/console/.git/config.txt",
                "/console//etc/passwd.txt"
            })
    void nothingElseIsServed(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("hunter2");
    }

    @Test
    void theDocumentAndItsPageNeedNoInternetAndNobodySignedIn() throws Exception {
        HttpResponse<String> document = get("/api/openapi.json");
        assertThat(new ObjectMapper().readTree(document.body()).path("openapi").asText())
                .isEqualTo("3.1.0");
        HttpResponse<String> page = get("/api/reference");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("/api/reference/swagger-ui-bundle.js").doesNotContain("http");
        assertThat(get("/api/reference/reference.js").body()).contains("/api/openapi.json");
        assertThat(get("/api/reference/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
        assertThat(get("/api/reference/swagger-ui.css").statusCode()).isEqualTo(200);
        assertThat(get("/api/reference/other.js").statusCode()).isEqualTo(404);
    }

    @Test
    void whileSignInStartsPeopleReadAPageAndProgramsAProblem() throws Exception {
        String path = "/auth/realms/exaone/protocol/openid-connect/auth";
        HttpResponse<String> page =
                cluster.send(HttpRequest.newBuilder(cluster.url(path)).header("Accept", "text/html,*/*"));
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("retry-after")).hasValue("5");
        assertThat(page.body()).contains("http-equiv=\"refresh\"", "Sign-in is starting", "로그인");
        HttpResponse<String> problem = get(path);
        assertThat(problem.statusCode()).isEqualTo(503);
        assertThat(problem.body()).contains("SIGN_IN_STARTING");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return cluster.send(HttpRequest.newBuilder(cluster.url(path)));
    }
}
