package ai.exaone.gateway.fakes;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A caller of the public API, with one key. */
public final class Caller {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final String key;
    private final String header;
    private final String scheme;

    public Caller(URI gateway, String key) {
        this(gateway, key, "Authorization", "Bearer ");
    }

    /**
     * @param header the header that carries the key
     * @param scheme what stands before it there
     */
    public Caller(URI gateway, String key, String header, String scheme) {
        this.gateway = gateway;
        this.key = key;
        this.header = header;
        this.scheme = scheme;
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The answer as it comes. */
    public HttpResponse<InputStream> open(String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Sends a request on a socket of its own, which the test closes when it likes. */
    public Socket socket(String path, String body) throws IOException {
        Socket socket = new Socket(gateway.getHost(), gateway.getPort());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + key
                + "\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return socket;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path)).header(header, scheme + key);
    }
}
