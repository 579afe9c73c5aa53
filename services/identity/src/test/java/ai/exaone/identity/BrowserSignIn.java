package ai.exaone.identity;

import ai.exaone.store.crypto.Sha256;
import ai.exaone.testing.TestKeycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a person does in a browser to sign in to the console: fills in the pages that Keycloak shows until it sends the code. */
public final class BrowserSignIn {
    private static final String CALLBACK = TestKeycloak.PUBLIC_URL + "/signin/callback";
    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");
    private static final int MOST_PAGES = 12;

    private final TestKeycloak keycloak = TestKeycloak.shared();
    private final HttpClient browser =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    /** Kept by hand: a browser sends secure cookies to its own machine over plain HTTP, and Java's cookie store does not. */
    private final Map<String, String> cookies = new HashMap<>();

    private final String verifier = UUID.randomUUID().toString() + UUID.randomUUID();
    private final String nonce = UUID.randomUUID().toString();

    public String verifier() {
        return verifier;
    }

    public String nonce() {
        return nonce;
    }

    public String redirectUri() {
        return CALLBACK;
    }

    /**
     * Signs in.
     *
     * @param newPassword given where a page asks for one
     * @return the code that the browser brings back
     */
    public String code(String user, String password, String newPassword) {
        var fields = Map.of(
                "username", user, "password", password, "password-new", newPassword, "password-confirm", newPassword);
        HttpResponse<String> page = get(authorization());
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            if (page.statusCode() == 302 || page.statusCode() == 303) {
                String location = page.headers().firstValue("Location").orElseThrow();
                if (location.startsWith(CALLBACK)) {
                    return location.replaceAll(".*[?&]code=([^&]+).*", "$1");
                }
                page = get(inside(location));
            } else {
                page = submit(page, fields);
            }
        }
        throw new IllegalStateException("No code after many pages:\n" + page.body());
    }

    private URI authorization() {
        var query = new LinkedHashMap<String, String>();
        query.put("client_id", "exaone-console");
        query.put("response_type", "code");
        query.put("scope", "openid");
        query.put("redirect_uri", CALLBACK);
        query.put("state", "state");
        query.put("nonce", nonce);
        query.put("code_challenge", challenge());
        query.put("code_challenge_method", "S256");
        return URI.create(keycloak.realmUrl() + "/protocol/openid-connect/auth?" + form(query));
    }

    private HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields) {
        var action = ACTION.matcher(page.body());
        if (page.statusCode() != 200 || !action.find()) {
            throw new IllegalStateException("Not a form: " + page.statusCode() + "\n" + page.body());
        }
        var asked = fields.entrySet().stream()
                .filter(field -> page.body().contains("name=\"" + field.getKey() + "\""))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return send(HttpRequest.newBuilder(inside(action.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(asked))));
    }

    /** Pages name the public address, which the gateway would serve. */
    private URI inside(String address) {
        return URI.create(address.replace(
                TestKeycloak.PUBLIC_URL + "/auth", keycloak.internalUrl().toString()));
    }

    private HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            if (!cookies.isEmpty()) {
                request.header(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
            }
            HttpResponse<String> response = browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers()
                    .allValues("Set-Cookie")
                    .forEach(cookie -> cookies.put(
                            cookie.substring(0, cookie.indexOf('=')),
                            cookie.substring(cookie.indexOf('=') + 1).replaceAll(";.*", "")));
            return response;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    private String challenge() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.digest(verifier));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
