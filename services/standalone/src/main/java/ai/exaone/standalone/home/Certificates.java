package ai.exaone.standalone.home;

import ai.exaone.servers.Folders;
import ai.exaone.servers.InstallationException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificates by which the services of this installation know one another: an authority of its own, and for each service
 * {@code NAME.crt} and {@code NAME.key} (PEM, elliptic curve P-256) that names the service and loopback. They are renewed
 * before they expire; a new authority renews all.
 */
public final class Certificates {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration SERVICE_LIFE = Duration.ofDays(730);
    private static final Duration RENEW_BEFORE_END = Duration.ofDays(90);
    private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);
    private static final int SERIAL_BITS = 120;
    private static final String AUTHORITY = "ca";

    private final Path folder;
    private final Clock clock;
    private final SecureRandom random;

    public Certificates(Path folder, Clock clock, SecureRandom random) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
    }

    /** Makes what is missing or near its end. */
    public void prepare(List<String> services) {
        try {
            var renewAll = isDue(AUTHORITY);
            if (renewAll) {
                makeAuthority();
            }
            for (var service : services) {
                if (renewAll || isDue(service)) {
                    makeService(service);
                }
            }
        } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new InstallationException(
                    "Cannot make the services' certificates in " + folder + ": " + failure.getMessage(), failure);
        }
    }

    private boolean isDue(String name) throws IOException, GeneralSecurityException {
        if (!Files.exists(certificateFile(name)) || !Files.exists(keyFile(name))) {
            return true;
        }
        var end = readCertificate(name).getNotAfter().toInstant();
        return clock.instant().plus(RENEW_BEFORE_END).isAfter(end);
    }

    private void makeAuthority() throws IOException, GeneralSecurityException, OperatorCreationException {
        var keys = newKeys();
        var subject = new X500Principal("CN=EXAONE installation " + Long.toHexString(random.nextLong()));
        var builder = builder(subject, subject, keys, AUTHORITY_LIFE)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        write(AUTHORITY, keys, sign(builder, keys.getPrivate()));
    }

    private void makeService(String service) throws IOException, GeneralSecurityException, OperatorCreationException {
        var authority = readCertificate(AUTHORITY);
        var keys = newKeys();
        var names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, service), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
        var purposes =
                new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
        var subject = new X500Principal("CN=" + service);
        var builder = builder(authority.getSubjectX500Principal(), subject, keys, SERVICE_LIFE)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, purposes)
                .addExtension(Extension.subjectAlternativeName, false, names);
        write(service, keys, sign(builder, readKey(AUTHORITY)));
    }

    private JcaX509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, KeyPair keys, Duration life) {
        Instant start = clock.instant().minus(CLOCK_DIFFERENCE);
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(start),
                Date.from(clock.instant().plus(life)),
                subject,
                keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private void write(String name, KeyPair keys, X509Certificate certificate)
            throws IOException, GeneralSecurityException {
        Files.deleteIfExists(certificateFile(name));
        Folders.writePrivate(keyFile(name), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        Folders.writePrivate(certificateFile(name), pem("CERTIFICATE", certificate.getEncoded()));
    }

    private X509Certificate readCertificate(String name) throws IOException, GeneralSecurityException {
        try (var stream = Files.newInputStream(certificateFile(name))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
        }
    }

    private PrivateKey readKey(String name) throws IOException, GeneralSecurityException {
        var body = Files.readString(keyFile(name)).replaceAll("-----[A-Z ]+-----", "");
        var encoded = Base64.getMimeDecoder().decode(body);
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static String pem(String type, byte[] content) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private Path certificateFile(String name) {
        return folder.resolve(name + ".crt");
    }

    private Path keyFile(String name) {
        return folder.resolve(name + ".key");
    }
}
