package io.watchfloor.server.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The proxies whose word about their clients is taken: networks like `10.0.0.0/8`, or single addresses. Immutable.
public final class Proxies {

    public static final Proxies NONE = new Proxies(List.of());

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Network(byte[] address, int bits) {

        boolean holds(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> (i & 7);
                if ((address[i >> 3] & mask) != (other[i >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks;

    private Proxies(List<Network> networks) {
        this.networks = networks;
    }

    /// @throws IllegalArgumentException with a sentence where a text is no network
    public static Proxies of(List<String> texts) {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            networks.add(network(text.strip()));
        }
        return new Proxies(List.copyOf(networks));
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        try {
            byte[] address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= address.length * 8) {
                return new Network(Arrays.copyOf(address, address.length), bits);
            }
        } catch (IllegalArgumentException e) {
            // told below, like a number out of range
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no address and no network; give one like 10.0.0.5 or 10.0.0.0/8");
    }

    public boolean isEmpty() {
        return networks.isEmpty();
    }

    public boolean holds(InetAddress address) {
        byte[] bytes = address.getAddress();
        return networks.stream().anyMatch(network -> network.holds(bytes));
    }

    /// The client that a chain of proxies speaks for: the last address in it that is not a proxy's.
    ///
    /// @param peer the other end of the connection
    /// @param forwarded values of `X-Forwarded-For`, in their order
    InetAddress client(InetAddress peer, List<String> forwarded) {
        InetAddress client = peer;
        List<String> hops = new ArrayList<>();
        forwarded.forEach(line -> hops.addAll(Arrays.asList(line.split(",", -1))));
        for (int i = hops.size() - 1; i >= 0 && holds(client); i--) {
            InetAddress hop = literal(hops.get(i).strip());
            if (hop == null) {
                return client;
            }
            client = hop;
        }
        return client;
    }

    private static @Nullable InetAddress literal(String text) {
        String bare = text;
        int colon = bare.indexOf(':');
        if (bare.startsWith("[")) {
            bare = bare.substring(1, Math.max(1, bare.indexOf(']')));
        } else if (colon > 0 && colon == bare.lastIndexOf(':')) {
            // one colon is before a port; addresses with colons of their own have at least two
            bare = bare.substring(0, colon);
        }
        try {
            return InetAddress.ofLiteral(bare);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
