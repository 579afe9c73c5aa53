package ai.exaone.rpc;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How services reach one another.
 *
 * @param transport in one process, or between processes over mutual TLS
 * @param inProcessPrefix begins the names of in-process servers, so that several installations fit in one JVM
 * @param port loopback port of this service's server; 0 picks a free one; unused in one process
 * @param bind address of this service's server
 * @param certificatesDir folder with {@code ca.crt} and, for this service, {@code NAME.crt} and {@code NAME.key} (PEM)
 * @param peers {@code host:port} of the other services by wire name
 */
@ConfigurationProperties("exaone.rpc")
public record RpcConfig(
        @Bindable(defaultValue = "in-process") String transport,
        @Bindable(defaultValue = "exaone") String inProcessPrefix,
        @Bindable(defaultValue = "0") int port,
        @Bindable(defaultValue = "127.0.0.1") String bind,
        @Nullable String certificatesDir,
        @Nullable Map<String, String> peers) {
    private static final int HIGHEST_PORT = 65_535;

    public RpcConfig {
        transportKind(transport);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("exaone.rpc.port must be 0 to " + HIGHEST_PORT + ", not " + port);
        }
    }

    /** How services reach one another. */
    public enum Transport {
        IN_PROCESS,
        MUTUAL_TLS
    }

    /** The transport named. */
    public Transport transportKind() {
        return transportKind(transport);
    }

    private static Transport transportKind(String name) {
        return switch (name) {
            case "in-process" -> Transport.IN_PROCESS;
            case "mtls" -> Transport.MUTUAL_TLS;
            default ->
                throw new IllegalArgumentException(
                        "exaone.rpc.transport must be in-process or mtls, not '" + name + "'");
        };
    }

    /** Name of a service's in-process server. */
    String inProcessName(ServiceName service) {
        return inProcessPrefix + "." + service.wireName();
    }

    /** {@code host:port} of another service. */
    String peer(ServiceName service) {
        String address = peers == null ? null : peers.get(service.wireName());
        if (address == null) {
            throw new IllegalArgumentException("exaone.rpc.peers." + service.wireName() + " is missing");
        }
        return address;
    }

    /** The folder of certificates. */
    String requireCertificatesDir() {
        if (certificatesDir == null) {
            throw new IllegalArgumentException("exaone.rpc.certificates-dir is missing: mutual TLS needs it");
        }
        return certificatesDir;
    }
}
