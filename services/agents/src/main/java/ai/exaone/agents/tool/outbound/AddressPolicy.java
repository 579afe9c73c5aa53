package ai.exaone.agents.tool.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses tools may reach: those of the public internet, and the ranges that a platform-admin allows. Everything that the
 * IANA special-purpose registries (RFC 6890 and later) do not call globally reachable is refused: loopback, private, link-local with
 * the clouds' metadata services, shared, documentation, multicast and reserved ranges. Thread-safe.
 */
public final class AddressPolicy {
    private static final List<CidrRange> REFUSED_4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    /** Of IPv6 only global unicast is public at all. */
    private static final CidrRange GLOBAL_6 = CidrRange.of("2000::/3");

    private static final List<CidrRange> REFUSED_6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");
    /** An IPv4 address in the last four bytes: translated (RFC 6052). */
    private static final CidrRange TRANSLATED = CidrRange.of("64:ff9b::/96");

    private final List<CidrRange> allowed;

    /**
     * @param allowed ranges that are reachable although they are not public
     */
    public AddressPolicy(List<CidrRange> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** Whether a connection to this address may be made. */
    public boolean permits(InetAddress address) {
        if (allowed.stream().anyMatch(range -> range.contains(address))) {
            return true;
        }
        return address instanceof Inet6Address six ? permitsVersion6(six) : outside(REFUSED_4, address);
    }

    private boolean permitsVersion6(Inet6Address address) {
        Optional<InetAddress> carried = carriedVersion4(address);
        if (carried.isPresent()) {
            return permits(carried.get());
        }
        return GLOBAL_6.contains(address) && outside(REFUSED_6, address);
    }

    private static Optional<InetAddress> carriedVersion4(Inet6Address address) {
        if (!TRANSLATED.contains(address)) {
            return Optional.empty();
        }
        byte[] bytes = address.getAddress();
        try {
            return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length)));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("Four bytes are an address", impossible);
        }
    }

    private static boolean outside(List<CidrRange> refused, InetAddress address) {
        return refused.stream().noneMatch(range -> range.contains(address));
    }

    private static List<CidrRange> ranges(String... texts) {
        return Stream.of(texts).map(CidrRange::of).toList();
    }
}
