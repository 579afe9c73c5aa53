package ai.exaone.cli.login;

import ai.exaone.cli.CliException;
import ai.exaone.cli.http.ApiClient;
import ai.exaone.cli.http.Unreachable;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The OpenID Connect endpoints of an installation's realm, as the public client {@code exaone-cli}. */
public final class Realm {
    private static final String CLIENT = "exaone-cli";
    private static final String ENDPOINTS = "/auth/realms/exaone/protocol/openid-connect";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String baseUrl;

    public Realm(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** An access token with its lifetime, and the refresh token that takes the place of the one given. */
    public record Tokens(String accessToken, Duration lifetime, String refreshToken) {
        @Override
        public String toString() {
            return "Tokens[…]";
        }
    }

    /** A fresh access token. */
    public Tokens refresh(String refreshToken) {
        Answer answer = post("/token", Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
        if (!answer.ok()) {
            throw new CliException("You are signed out (" + answer.error() + "). Run: exaone login");
        }
        return new Tokens(
                answer.text("access_token"),
                Duration.ofSeconds((long) answer.number("expires_in", 60)),
                answer.text("refresh_token"));
    }

    /** Ends the sign-in that a refresh token belongs to. */
    public void signOut(String refreshToken) {
        post("/logout", Map.of("refresh_token", refreshToken));
    }

    Answer post(String endpoint, Map<String, String> form) {
        String body = "client_id=" + CLIENT
                + form.entrySet().stream()
                        .map(entry -> "&" + entry.getKey() + "=" + ApiClient.segment(entry.getValue()))
                        .collect(Collectors.joining());
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + ENDPOINTS + endpoint))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()));
        } catch (IOException unreachable) {
            throw Unreachable.at(baseUrl, unreachable);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CliException("Stopped.", stop);
        }
    }

    private static Struct json(String body) {
        Struct.Builder json = Struct.newBuilder();
        if (!body.isBlank()) {
            try {
                JsonFormat.parser().merge(body, json);
            } catch (InvalidProtocolBufferException noJson) {
                throw new CliException("The sign-in service is not ready. Try again in a moment.", noJson);
            }
        }
        return json.build();
    }

    /** What an endpoint answered. */
    record Answer(int status, Struct json) {
        boolean ok() {
            return status < 300;
        }

        String text(String name) {
            return json.getFieldsOrDefault(name, Value.getDefaultInstance()).getStringValue();
        }

        double number(String name, double otherwise) {
            Value value = json.getFieldsMap().get(name);
            return value == null ? otherwise : value.getNumberValue();
        }

        String error() {
            String description = text("error_description");
            return description.isEmpty() ? text("error") : description;
        }
    }
}
