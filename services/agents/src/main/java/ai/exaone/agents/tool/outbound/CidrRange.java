package ai.exaone.agents.tool.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A range of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}, or a single address.
 *
 * @param network the first address, 4 or 16 bytes
 * @param prefix how many leading bits are the network's
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record CidrRange(byte[] network, int prefix) {
    public CidrRange {
        if (prefix < 0 || prefix > network.length * 8) {
            throw new IllegalArgumentException("A prefix has 0 to " + network.length * 8 + " bits, not " + prefix);
        }
        network = network.clone();
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException if it is none; names are never resolved
     */
    public static CidrRange of(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] network = InetAddress.ofLiteral(literal).getAddress();
        try {
            return new CidrRange(network, slash < 0 ? network.length * 8 : Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException notNumber) {
            throw new IllegalArgumentException("Not a range of addresses: " + text, notNumber);
        }
    }

    /** Whether an address is in the range. An IPv4 address is never in a range of IPv6. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((bytes[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CidrRange range && prefix == range.prefix && Arrays.equals(network, range.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("An address has 4 or 16 bytes", impossible);
        }
    }
}
