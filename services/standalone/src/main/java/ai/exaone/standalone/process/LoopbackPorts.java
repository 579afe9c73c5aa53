package ai.exaone.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/** The loopback ports of an installation's parts: free ones, written down and used again while they stay free. */
public final class LoopbackPorts {
    private final Path file;
    private final Properties ports = new Properties();
    private final Set<Integer> taken = new HashSet<>();

    public LoopbackPorts(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                ports.load(reader);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** The port of that use, the same as last time if nobody else has taken it. */
    public int take(String use) {
        int port = Integer.parseInt(ports.getProperty(use, "0"));
        if (port == 0 || taken.contains(port) || !isFree(port)) {
            do {
                port = anyFree();
            } while (taken.contains(port));
        }
        taken.add(port);
        ports.setProperty(use, Integer.toString(port));
        try (var writer = Files.newBufferedWriter(file)) {
            ports.store(writer, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return port;
    }

    /** Whether a server could listen there now. */
    public static boolean isFree(InetAddress address, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        return isFree(InetAddress.getLoopbackAddress(), port);
    }

    private static int anyFree() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
