package ai.exaone.agents.tool.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. Asked once for each connection, never twice for one. */
@FunctionalInterface
public interface HostResolver {
    /** The addresses of a name or a literal, at least one. */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The machine's own resolver. */
    static HostResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
