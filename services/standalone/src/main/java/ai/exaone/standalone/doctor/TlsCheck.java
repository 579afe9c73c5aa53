package ai.exaone.standalone.doctor;

import ai.exaone.standalone.settings.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Whether the public port's certificate and key are what they should be, and belong together. */
final class TlsCheck {
    private static final byte[] SAMPLE = {1};

    private TlsCheck() {}

    static Finding files(Optional<TlsFiles> files) {
        if (files.isEmpty()) {
            return Finding.good("tls", "none: the public port speaks plain HTTP");
        }
        try {
            var certificate = certificate(files.get().certificate());
            var key = key(files.get().key());
            if (!belong(certificate, key)) {
                return Finding.bad(
                        "tls",
                        "The key in --tls-key is not that of the certificate in --tls-cert: "
                                + files.get().key());
            }
            return Finding.good(
                    "tls", "a certificate until " + certificate.getNotAfter().toInstant());
        } catch (IOException wrong) {
            return Finding.bad("tls", String.valueOf(wrong.getMessage()));
        }
    }

    private static X509Certificate certificate(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(stream).stream()
                    .findFirst()
                    .map(X509Certificate.class::cast)
                    .orElseThrow(() -> new IOException("--tls-cert holds no certificate in PEM: " + file));
        } catch (CertificateException malformed) {
            throw new IOException("--tls-cert holds no certificate in PEM: " + file, malformed);
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        try (var parser = new PEMParser(Files.newBufferedReader(file))) {
            var converter = new JcaPEMKeyConverter();
            // EC keys may follow their parameters.
            for (var object = parser.readObject(); object != null; object = parser.readObject()) {
                if (object instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (object instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
            }
        } catch (IOException malformed) {
            throw new IOException("--tls-key cannot be read as PEM: " + file, malformed);
        }
        throw new IOException("--tls-key holds no private key in PEM without a passphrase: " + file);
    }

    private static boolean belong(X509Certificate certificate, PrivateKey key) {
        try {
            var algorithm = switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC", "ECDSA" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            };
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }
}
