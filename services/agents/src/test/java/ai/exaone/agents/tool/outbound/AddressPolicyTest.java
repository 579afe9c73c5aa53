package ai.exaone.agents.tool.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private final AddressPolicy policy = new AddressPolicy(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.9",
                "169.254.169.254",
                "169.254.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::8.8.8.8",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2001:10::1",
                "2002:7f00:1::",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesWhatIsNotPublic(String address) {
        assertThat(policy.permits(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.255.255",
                "192.169.0.1",
                "198.17.0.1",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808",
                "::ffff:8.8.8.8"
            })
    void permitsWhatIsPublic(String address) {
        assertThat(policy.permits(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void permitsWhatAnAdminAllows() {
        var allowing = new AddressPolicy(List.of(CidrRange.of("10.20.0.0/16"), CidrRange.of("fd00::/8")));

        assertThat(allowing.permits(InetAddress.ofLiteral("10.20.3.4"))).isTrue();
        assertThat(allowing.permits(InetAddress.ofLiteral("10.21.0.1"))).isFalse();
        assertThat(allowing.permits(InetAddress.ofLiteral("fd12::1"))).isTrue();
        assertThat(allowing.permits(InetAddress.ofLiteral("::ffff:10.20.3.4"))).isTrue();
        assertThat(allowing.permits(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
    }

    @Test
    void aRangeIsWrittenInAddresses() {
        assertThat(CidrRange.of("10.0.0.0/8")).hasToString("10.0.0.0/8");
        assertThat(CidrRange.of("127.0.0.1")).isEqualTo(CidrRange.of("127.0.0.1/32"));
        for (String wrong : List.of("localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", "")) {
            assertThatThrownBy(() -> CidrRange.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
