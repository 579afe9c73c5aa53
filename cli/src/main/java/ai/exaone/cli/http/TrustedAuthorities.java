package ai.exaone.cli.http;

import ai.exaone.cli.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities that this process trusts: Java's own, and those of a file, since a site's own authority is in no
 * list of the world's.
 */
public final class TrustedAuthorities {
    /** The variable that OpenSSL, curl and Python's clients read too. */
    public static final String VARIABLE = "SSL_CERT_FILE";

    private TrustedAuthorities() {}

    /**
     * Lets every connection of this process trust a file's certificates too.
     *
     * @param file PEM, one certificate or more
     * @throws CliException when it cannot be read or holds none
     */
    public static void add(Path file) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {managerOf(withJavas(certificates(file)))}, null);
            SSLContext.setDefault(context);
        } catch (IOException | GeneralSecurityException failure) {
            throw new CliException(
                    VARIABLE + " names " + file + ", of which no certificates can be read: it must be a PEM file.",
                    failure);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (found.isEmpty()) {
                throw new GeneralSecurityException("It holds no certificate.");
            }
            return found;
        }
    }

    private static KeyStore withJavas(Collection<? extends Certificate> added)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate authority : managerOf(null).getAcceptedIssuers()) {
            store.setCertificateEntry("java-" + number++, authority);
        }
        for (Certificate certificate : added) {
            store.setCertificateEntry("added-" + number++, certificate);
        }
        return store;
    }

    /** @param store {@code null} for the one that Java brings */
    private static X509TrustManager managerOf(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Stream.of(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("No trust manager for X.509"));
    }
}
