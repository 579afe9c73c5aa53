package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.proto.quota.v1.Outcome;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callers over TLS. */
@Tag("server")
class GatewayTlsTest extends ThroughGateway {
    @Test
    void takesAGoodbyeWithinTlsForOne() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=127.0.0.1")
                .setIsCertificateAuthority(true)
                .addSanIpAddress("127.0.0.1")
                .buildSelfSigned();
        cluster.restartGateway(Map.of(
                "exaone.tls.enabled", true,
                "exaone.tls.cert", certificate.toTempCertChainPem().toString(),
                "exaone.tls.key", certificate.toTempPrivateKeyPem().toString()));
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            reply.awaitReaderGone();
        });
        try (SSLSocket socket = connect(certificate)) {
            String request = "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + key
                    + "\r\nContent-Length: " + STREAM.length() + "\r\n\r\n" + STREAM;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            // The connection below stays as it is.
            socket.shutdownOutput();

            Awaitility.await().until(() -> engine.abandoned() == 1);
        }
        assertThat(onlyRecord().getOutcome()).isEqualTo(Outcome.OUTCOME_CLIENT_CLOSED);
    }

    private SSLSocket connect(X509Bundle certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("gateway", certificate.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager[] managers = trust.getTrustManagers();
        context.init(null, managers, null);
        return (SSLSocket) context.getSocketFactory()
                .createSocket(cluster.url().getHost(), cluster.url().getPort());
    }
}
