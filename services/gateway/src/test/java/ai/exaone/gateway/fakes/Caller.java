package ai.exaone.gateway.fakes;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** A caller of the public API, with one key. */
public final class Caller {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final String key;
    private final String header;
    private final String scheme;
    private final Map<String, String> more;

    public Caller(URI gateway, String key) {
        this(gateway, key, "Authorization", "Bearer ");
    }

    /**
     * @param header the header that carries the key
     * @param scheme what stands before it there
     */
    public Caller(URI gateway, String key, String header, String scheme) {
        this(gateway, key, header, scheme, Map.of());
    }

    private Caller(URI gateway, String key, String header, String scheme, Map<String, String> more) {
        this.gateway = gateway;
        this.key = key;
        this.header = header;
        this.scheme = scheme;
        this.more = more;
    }

    /** The same caller, who sends one more header. */
    public Caller with(String name, String value) {
        return new Caller(gateway, key, header, scheme, Map.of(name, value));
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

    /** Uploads a file for batches, as a form with a boundary of its own. */
    public HttpResponse<String> upload(String filename, String content) throws IOException, InterruptedException {
        String boundary = "edge-" + UUID.randomUUID();
        String form = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--"
                + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + filename
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n--" + boundary + "--\r\n";
        return client.send(
                request("/v1/files")
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofString(form))
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
        StringBuilder others = new StringBuilder();
        more.forEach(
                (name, value) -> others.append(name).append(": ").append(value).append("\r\n"));
        String head = "POST " + path + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + key + "\r\n" + others
                + "Content-Length: " + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return socket;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.resolve(path)).header(header, scheme + key);
        more.forEach(request::header);
        return request;
    }
}
