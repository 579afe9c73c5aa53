package ai.exaone.agents.tool.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Connections to permitted addresses only. Names are resolved once, refused addresses are dropped, and the socket itself refuses to
 * connect to any address that the policy does not permit: nothing between the two can lead elsewhere.
 */
final class GuardedConnections {
    private static final int CONNECTIONS = 512;
    private static final int CONNECTIONS_PER_HOST = 64;
    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);
    private static final TimeValue KEEP = TimeValue.ofSeconds(60);

    private GuardedConnections() {}

    static PoolingHttpClientConnectionManager of(AddressPolicy policy, HostResolver resolver) {
        var tls = RegistryBuilder.<TlsSocketStrategy>create()
                .register(URIScheme.HTTPS.id, DefaultClientTlsStrategy.createDefault())
                .build();
        var operator = new DefaultHttpClientConnectionOperator(
                socksProxy -> new GuardedSocket(policy),
                DefaultSchemePortResolver.INSTANCE,
                new GuardedResolver(policy, resolver),
                tls);
        var manager = new PoolingHttpClientConnectionManager(
                operator, PoolConcurrencyPolicy.STRICT, PoolReusePolicy.LIFO, KEEP, null);
        manager.setMaxTotal(CONNECTIONS);
        manager.setDefaultMaxPerRoute(CONNECTIONS_PER_HOST);
        manager.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(CONNECT_TIMEOUT)
                .setTimeToLive(KEEP)
                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                .build());
        return manager;
    }

    /** An address was refused. Its message names no address: the caller may not learn what is inside. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private record GuardedResolver(AddressPolicy policy, HostResolver resolver) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] permitted =
                    resolver.resolve(host).stream().filter(policy::permits).toArray(InetAddress[]::new);
            if (permitted.length == 0) {
                throw (UnknownHostException) new UnknownHostException(host).initCause(new Refused());
            }
            return permitted;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private static final class GuardedSocket extends Socket {
        private final AddressPolicy policy;

        GuardedSocket(AddressPolicy policy) {
            // Never a proxy, whatever the JVM's properties say.
            super(Proxy.NO_PROXY);
            this.policy = policy;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress target)
                    || target.isUnresolved()
                    || !policy.permits(target.getAddress())) {
                throw new Refused();
            }
            super.connect(endpoint, timeout);
        }
    }
}
