package ai.exaone.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.management.ManagementCluster;
import ai.exaone.proto.identity.internal.v1.CreateSessionRequest;
import ai.exaone.rpc.Principal;
import ai.exaone.testing.TestKeycloak;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at a browser, our gateway, and the real Keycloak behind it; identity redeems the code at Keycloak as the real one does. */
@Tag("server")
class SignInFlowTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static ManagementCluster cluster;

    private Browser browser;

    @BeforeAll
    static void start(@TempDir Path folder) {
        cluster = ManagementCluster.start(
                folder,
                Map.of(
                        "exaone.keycloak.internal-url",
                        TestKeycloak.shared().internalUrl().toString()));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void openBrowser() {
        browser = new Browser();
        cluster.identity.begun.clear();
        cluster.identity.ended.clear();
        cluster.identity.open(SignInFlowTest::redeem);
        cluster.identity.session(
                "redeemed",
                tenant -> Principal.user("usr_1", "Admin", Optional.empty(), Set.of("platform.tenant.read")));
    }

    @Test
    void aPersonSignsInUsesTheConsoleAndSignsOut() throws Exception {
        HttpResponse<String> back = signIn("/console/t/acme?page=2");
        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(location(back)).isEqualTo(ManagementCluster.PUBLIC_URL + "/console/t/acme?page=2");
        String cookie = setCookies(back).stream()
                .filter(text -> text.startsWith("exaone_session="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie)
                .startsWith("exaone_session=redeemed;")
                .containsIgnoringCase("; HttpOnly")
                .contains("; SameSite=Lax", "; Path=/;");
        assertThat(cookie).as("plain HTTP on this machine").doesNotContain("Secure");
        assertThat(get("/api/v1/tenants").statusCode()).isEqualTo(200);

        HttpResponse<String> out = send(request("/signout")
                .header("Origin", ManagementCluster.PUBLIC_URL)
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(out.statusCode()).as(out.body()).isEqualTo(200);
        assertThat(JSON.readTree(out.body()).path("location").asText())
                .isEqualTo(ManagementCluster.PUBLIC_URL + "/console/");
        assertThat(cluster.identity.ended).containsExactly("redeemed");
        assertThat(get("/api/v1/tenants").statusCode()).as("the cookie is gone").isEqualTo(401);
    }

    @Test
    void theCodeIsBoundToTheAttempt() throws Exception {
        signIn("/console/");
        CreateSessionRequest begun = cluster.identity.begun.getFirst();
        assertThat(begun.getCodeVerifier()).hasSizeGreaterThanOrEqualTo(43);
        assertThat(begun.getNonce()).hasSizeGreaterThanOrEqualTo(16);
        assertThat(begun.getRedirectUri()).isEqualTo(ManagementCluster.PUBLIC_URL + "/signin/callback");
    }

    @Test
    void aCallbackOfAnotherBrowserOrAttemptIsRefused() throws Exception {
        HttpResponse<String> begun = get("/signin");
        String state = query(location(begun), "state");
        for (String path : List.of(
                "/signin/callback",
                "/signin/callback?code=c",
                "/signin/callback?code=c&state=other",
                "/signin/callback?code=c&state=" + state + "x")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("content-type").orElseThrow())
                    .startsWith("text/html");
        }
        try (HttpClient other = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = other.send(
                    request("/signin/callback?code=c&state=" + state).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(400);
        }
        assertThat(cluster.identity.begun).isEmpty();
    }

    @Test
    void anAttemptIsUsedOnce() throws Exception {
        HttpResponse<String> back = signIn("/console/");
        assertThat(setCookies(back))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("exaone_signin_").contains("Max-Age=0"));
    }

    @Test
    void aReturnElsewhereIsTheConsole() throws Exception {
        assertThat(location(signIn("https://evil.example/"))).isEqualTo(ManagementCluster.PUBLIC_URL + "/console/");
    }

    @Test
    void anotherSiteSignsNobodyOut() throws Exception {
        signIn("/console/");
        HttpResponse<String> answer = send(
                request("/signout").header("Origin", "https://evil.example").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(cluster.identity.ended).isEmpty();
    }

    @Test
    void onlyTheRealmOfKeycloakIsReachable() throws Exception {
        HttpResponse<String> known = send(
                request("/auth/realms/exaone/.well-known/openid-configuration").header("Accept", "application/json"));
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(known.body()).path("issuer").asText())
                .isEqualTo(TestKeycloak.PUBLIC_URL + "/auth/realms/exaone");
        for (String path : List.of(
                "/auth/",
                "/auth/admin/master/console/",
                "/auth/realms/master",
                "/auth/realms/exaone/../master",
                "/auth/realms/exaone/%2e%2e/master",
                "/auth/realms/exaone%2f..%2fmaster")) {
            assertThat(get(path).statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void keycloaksFilesArriveWholeAndUnchanged() throws Exception {
        HttpResponse<String> page = get(path(location(get("/signin"))));
        Matcher file =
                Pattern.compile("href=\"(/auth/resources/[^\"]+\\.css)\"").matcher(page.body());
        assertThat(file.find()).as(page.body()).isTrue();
        HttpResponse<String> proxied = get(file.group(1));
        HttpResponse<String> direct = browser.send(HttpRequest.newBuilder(
                URI.create(TestKeycloak.shared().internalUrl() + file.group(1).substring("/auth".length()))));
        assertThat(proxied.statusCode()).isEqualTo(200);
        assertThat(proxied.body()).isEqualTo(direct.body()).isNotEmpty();
    }

    /** Goes to Keycloak's page, fills its form, and comes back to us. */
    private HttpResponse<String> signIn(String returnTo) throws Exception {
        String encoded = URLEncoder.encode(returnTo, StandardCharsets.UTF_8);
        HttpResponse<String> page = get(path(location(get("/signin?return_to=" + encoded))));
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as(page.statusCode() + page.body()).isTrue();
        HttpResponse<String> submitted = send(request(path(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=" + TestKeycloak.ADMIN_USER + "&password="
                        + URLEncoder.encode(TestKeycloak.ADMIN_PASSWORD, StandardCharsets.UTF_8))));
        assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(302);
        assertThat(location(submitted)).startsWith(ManagementCluster.PUBLIC_URL + "/signin/callback?");
        return get(path(location(submitted)));
    }

    /** What identity does with a code: it is good only with the verifier and for our client. */
    private static String redeem(CreateSessionRequest request) {
        HttpResponse<String> answer = TestKeycloak.shared()
                .post(
                        "/protocol/openid-connect/token",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                "exaone-console",
                                "client_secret",
                                TestKeycloak.CONSOLE_SECRET,
                                "code",
                                request.getCode(),
                                "code_verifier",
                                request.getCodeVerifier(),
                                "redirect_uri",
                                request.getRedirectUri()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            JsonNode idToken = JSON.readTree(Base64.getUrlDecoder()
                    .decode(JSON.readTree(answer.body())
                            .path("id_token")
                            .asText()
                            .split("\\.")[1]));
            assertThat(idToken.path("nonce").asText()).isEqualTo(request.getNonce());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return "redeemed";
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).header("Accept", "text/html,*/*;q=0.8"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(cluster.url(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return browser.send(request);
    }

    /** The path of an address below the public URL, at which nobody listens in this test. */
    private static String path(String address) {
        assertThat(address).startsWith(ManagementCluster.PUBLIC_URL + "/");
        return address.substring(ManagementCluster.PUBLIC_URL.length());
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("location")
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
    }

    private static List<String> setCookies(HttpResponse<?> answer) {
        return answer.headers().allValues("set-cookie");
    }

    private static String query(String address, String name) {
        Matcher found = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(address);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
