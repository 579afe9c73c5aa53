package ai.exaone.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.standalone.doctor.Finding.Grade;
import ai.exaone.standalone.home.Certificates;
import ai.exaone.standalone.settings.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsCheckTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeCertificates() {
        new Certificates(folder, Clock.systemUTC(), new SecureRandom()).prepare(List.of("one", "two"));
    }

    @Test
    void takesACertificateWithItsKey() {
        assertThat(check("one.crt", "one.key").grade()).isEqualTo(Grade.GOOD);
        assertThat(TlsCheck.files(Optional.empty()).grade()).isEqualTo(Grade.GOOD);
    }

    @Test
    void refusesAKeyOfAnotherCertificate() {
        assertThat(check("one.crt", "two.key"))
                .isEqualTo(Finding.bad(
                        "tls",
                        "The key in --tls-key is not that of the certificate in --tls-cert: "
                                + folder.resolve("two.key")));
    }

    @Test
    void refusesFilesThatAreSomethingElse() throws IOException {
        Files.writeString(folder.resolve("text"), "no PEM");
        assertThat(check("text", "one.key").detail()).startsWith("--tls-cert holds no certificate in PEM");
        assertThat(check("one.crt", "text").detail()).startsWith("--tls-key holds no private key in PEM");
        assertThat(check("one.crt", "one.crt").detail()).startsWith("--tls-key holds no private key in PEM");
    }

    private Finding check(String certificate, String key) {
        return TlsCheck.files(Optional.of(new TlsFiles(folder.resolve(certificate), folder.resolve(key))));
    }
}
