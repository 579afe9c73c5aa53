package ai.exaone.gateway.fakes;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine on a real socket that answers as it is told. A connection serves one request, unless an answer keeps it open. */
public final class StubEngine implements AutoCloseable {
    private final ServerSocket server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger abandoned = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Behaviour behaviour;

    /** A request as it came in. */
    public record Received(String path, Map<String, String> headers, String body) {}

    /** How the engine answers; an exception closes the connection as it stands. */
    public interface Behaviour {
        void answer(Received request, Reply reply) throws IOException, InterruptedException;
    }

    private StubEngine(ServerSocket server, Behaviour behaviour) {
        this.server = server;
        this.behaviour = behaviour;
    }

    /** Starts an engine on a free port. */
    public static StubEngine start(Behaviour behaviour) {
        try {
            StubEngine engine = new StubEngine(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), behaviour);
            Thread.ofVirtual().start(engine::accept);
            return engine;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public void behave(Behaviour newBehaviour) {
        behaviour = newBehaviour;
    }

    /** Requests so far. */
    public List<Received> received() {
        return received;
    }

    /** Connections so far. */
    public int connections() {
        return connections.get();
    }

    /** Answers whose reader left before their end. */
    public int abandoned() {
        return abandoned.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Reply reply = new Reply(socket);
            do {
                reply.keptOpen = false;
                Received request = read(in);
                received.add(request);
                answer(request, reply);
            } while (reply.keptOpen);
        } catch (IOException | InterruptedException broken) {
            // A connection that was opened and not used, or the end of the test.
            return;
        } finally {
            open.remove(socket);
        }
    }

    private void answer(Received request, Reply reply) throws InterruptedException {
        try {
            behaviour.answer(request, reply);
        } catch (IOException left) {
            abandoned.incrementAndGet();
        }
    }

    private static Received read(InputStream in) throws IOException {
        String start = line(in);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Received(start.split(" ")[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The connection was closed");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** The answer, piece by piece. */
    public static final class Reply {
        private final Socket socket;
        private final OutputStream out;
        private boolean keptOpen;

        Reply(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        /** A whole JSON answer. */
        public void json(int status, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            raw("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                    + "\r\nConnection: close\r\n\r\n");
            out.write(bytes);
            out.flush();
        }

        /** A whole JSON answer after which the connection serves the next request. */
        public void jsonAndStay(String body) throws IOException {
            keptOpen = true;
            raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        }

        /** Begins a stream in chunks. */
        public void beginStream() throws IOException {
            raw(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        }

        /** One event of a stream. */
        public void event(String data) throws IOException {
            chunk("data: " + data + "\n\n");
        }

        /** One chunk of a stream. */
        public void chunk(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            raw(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
        }

        /** The true end of a stream. */
        public void endStream() throws IOException {
            raw("0\r\n\r\n");
        }

        /** Bytes as they are. */
        public void raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** Waits until the reader leaves. */
        public void awaitReaderGone() throws IOException {
            if (socket.getInputStream().read() < 0) {
                throw new IOException("The reader left");
            }
        }

        /** Breaks the connection with a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
