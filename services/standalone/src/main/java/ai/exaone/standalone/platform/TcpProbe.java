package ai.exaone.standalone.platform;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether something accepts connections there. */
record TcpProbe(String host, int port) {
    private static final int LIMIT_MILLISECONDS = 500;

    boolean accepts() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), LIMIT_MILLISECONDS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
