package ai.exaone.standalone.platform;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks an address of this installation whether it answers 200. Over TLS it trusts the installation's own certificate, whatever
 * name it has: the address asked is one of this machine.
 */
public final class HttpProbe {
    private static final int LIMIT_MILLISECONDS = 3000;

    private final URI address;
    private final Optional<Path> certificate;

    /** @param certificate the public port's, if it speaks TLS */
    public HttpProbe(URI address, Optional<Path> certificate) {
        this.address = address;
        this.certificate = certificate;
    }

    public boolean answers() {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(LIMIT_MILLISECONDS);
            connection.setReadTimeout(LIMIT_MILLISECONDS);
            if (connection instanceof HttpsURLConnection tls && certificate.isPresent()) {
                tls.setSSLSocketFactory(trusting(certificate.get()));
                tls.setHostnameVerifier((name, session) -> true);
            }
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
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
