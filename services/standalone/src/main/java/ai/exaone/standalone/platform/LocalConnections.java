package ai.exaone.standalone.platform;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Connections to the platform's public port from this machine: by the local address, whatever name its certificate has, and trusting
 * that certificate alone.
 *
 * @param certificate the public port's, if it speaks TLS
 */
public record LocalConnections(Optional<Path> certificate) {

    /** A connection that is not yet opened. */
    public HttpURLConnection to(URI address, Duration limit) throws IOException {
        var connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout((int) limit.toMillis());
        connection.setReadTimeout((int) limit.toMillis());
        if (connection instanceof HttpsURLConnection tls && certificate.isPresent()) {
            tls.setSSLSocketFactory(trusting(certificate.get()));
            tls.setHostnameVerifier((name, session) -> true);
        }
        return connection;
    }

    private static SSLSocketFactory trusting(Path certificateFile) throws IOException {
        try (var stream = Files.newInputStream(certificateFile)) {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int position = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                trusted.setCertificateEntry(Integer.toString(position++), certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException failure) {
            throw new IOException(certificateFile + " is not a certificate", failure);
        }
    }
}
