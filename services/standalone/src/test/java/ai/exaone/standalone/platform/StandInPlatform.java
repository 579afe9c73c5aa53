package ai.exaone.standalone.platform;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A process in place of the services: answers {@code /health} on the public port, and writes down what it was told. */
public final class StandInPlatform {
    private StandInPlatform() {}

    public static void main(String[] arguments) throws IOException {
        var told = System.getenv().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .sorted()
                .collect(Collectors.joining("\n"));
        Files.writeString(Path.of(System.getenv("EXAONE_HOME"), "told"), told);
        var address =
                new InetSocketAddress(System.getenv("EXAONE_BIND"), Integer.parseInt(System.getenv("EXAONE_PORT")));
        var server = HttpServer.create(address, 0);
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
