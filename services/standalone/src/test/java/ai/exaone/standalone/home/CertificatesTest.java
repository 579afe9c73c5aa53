package ai.exaone.standalone.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<String> SERVICES = List.of("identity", "gateway");

    @TempDir
    Path folder;

    @Test
    void eachNamesItsServiceAndIsSignedByTheAuthority() throws IOException, GeneralSecurityException {
        prepareAt(START);

        for (var service : SERVICES) {
            var certificate = certificate(service);
            certificate.verify(certificate("ca").getPublicKey());
            assertThat(certificate.getSubjectAlternativeNames())
                    .anySatisfy(name -> assertThat(name.get(1)).isEqualTo(service))
                    .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("127.0.0.1"));
            assertThat(certificate.getBasicConstraints())
                    .as("not an authority itself")
                    .isEqualTo(-1);
        }
    }

    @Test
    void areKeptUntilTheyNearTheirEnd() throws IOException, GeneralSecurityException {
        prepareAt(START);
        var authority = certificate("ca");
        var first = certificate("identity");

        prepareAt(START.plus(Duration.ofDays(600)));
        assertThat(certificate("identity")).isEqualTo(first);

        prepareAt(START.plus(Duration.ofDays(660)));
        assertThat(certificate("identity")).isNotEqualTo(first);
        assertThat(certificate("ca")).isEqualTo(authority);
    }

    @Test
    void aNewAuthorityRenewsAll() throws IOException, GeneralSecurityException {
        prepareAt(START);
        var first = certificate("gateway");
        Files.delete(folder.resolve("ca.key"));

        prepareAt(START);

        assertThat(certificate("gateway")).isNotEqualTo(first);
        certificate("gateway").verify(certificate("ca").getPublicKey());
    }

    private void prepareAt(Instant now) {
        new Certificates(folder, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom()).prepare(SERVICES);
    }

    private X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
        try (var stream = Files.newInputStream(folder.resolve(name + ".crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
        }
    }
}
