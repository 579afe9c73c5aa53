package ai.exaone.rpc;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** This service's certificate and the authority that all services trust. A certificate names its service as DNS name. */
record Certificates(Path folder, ServiceName own) {
    private static final int DNS_NAME = 2;

    ServerCredentials server() throws IOException {
        return TlsServerCredentials.newBuilder()
                .keyManager(file(own.wireName() + ".crt"), file(own.wireName() + ".key"))
                .trustManager(file("ca.crt"))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
    }

    ChannelCredentials channel() throws IOException {
        return TlsChannelCredentials.newBuilder()
                .keyManager(file(own.wireName() + ".crt"), file(own.wireName() + ".key"))
                .trustManager(file("ca.crt"))
                .build();
    }

    /** The service whose certificate the peer showed. */
    static Optional<ServiceName> peer(SSLSession session) {
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    return named(x509);
                }
            }
            return Optional.empty();
        } catch (SSLPeerUnverifiedException | CertificateParsingException unnamed) {
            return Optional.empty();
        }
    }

    private static Optional<ServiceName> named(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return Optional.empty();
        }
        return names.stream()
                .filter(name -> name.getFirst().equals(DNS_NAME))
                .flatMap(name -> ServiceName.ofWireName((String) name.get(1)).stream())
                .findFirst();
    }

    private File file(String name) {
        return folder.resolve(name).toFile();
    }
}
