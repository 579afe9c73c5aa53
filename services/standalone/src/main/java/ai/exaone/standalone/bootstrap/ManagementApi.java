package ai.exaone.standalone.bootstrap;

import ai.exaone.standalone.platform.LocalConnections;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The platform's public management API, as the installation's own account. Blocking; every call is bounded in time. */
public final class ManagementApi {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final LocalConnections connections;
    private final String api;
    private final String accessToken;

    /**
     * @param localUrl the platform's address on this machine, without a slash at the end
     * @param accessToken of an account with the realm role {@code platform-admin}
     */
    public ManagementApi(LocalConnections connections, String localUrl, String accessToken) {
        this.connections = connections;
        this.api = localUrl + "/api/v1";
        this.accessToken = accessToken;
    }

    /** Creates a resource; with a request id that was used before, returns what that made. */
    <T extends Message.Builder> T create(String path, String requestId, Message resource, T answer) throws IOException {
        HttpURLConnection connection = connections.to(URI.create(api + path + "?requestId=" + requestId), LIMIT);
        try {
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Authorization", "Bearer " + accessToken);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            try (var body = connection.getOutputStream()) {
                body.write(JsonFormat.printer().print(resource).getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException(
                        "POST " + path + " was answered with " + status + " " + text(connection.getErrorStream()));
            }
            JsonFormat.parser().ignoringUnknownFields().merge(text(connection.getInputStream()), answer);
            return answer;
        } catch (InvalidProtocolBufferException unreadable) {
            throw new IOException("The answer to POST " + path + " cannot be read", unreadable);
        } finally {
            connection.disconnect();
        }
    }

    private static String text(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
