package io.watchfloor.server.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/// What counts as one address: an IPv4 address, or the first 64 bits of an IPv6 address, for a home or a machine has all
/// that follow. Stateless.
public final class AddressKey {

    private static final int NETWORK_BYTES = 8;

    private AddressKey() {}

    /// @param address as text, without a name to look up; anything else is its own key
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    public static String of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] network = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < NETWORK_BYTES; i += 2) {
            key.append(Integer.toHexString(((network[i] & 0xff) << 8) | (network[i + 1] & 0xff))).append(':');
        }
        return key.append(":/64").toString();
    }
}
