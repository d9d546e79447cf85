package io.watchfloor.server.http;

import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a server may be reached from beyond its own machine. Immutable.
///
/// @param insecure whether what is said may be readable on the way
/// @param tls certificate and key; absent where it speaks in the clear
/// @param proxies that speak for others, and encrypt for them
/// @param origins that pages of browsers may connect from
public record Exposure(boolean insecure, @Nullable TlsFiles tls, Proxies proxies, Set<String> origins) {

    /// Only from its own machine.
    public static final Exposure OWN_MACHINE = new Exposure(false, null, Proxies.NONE, Set.of());
    /// From everywhere, in the clear.
    public static final Exposure INSECURE = new Exposure(true, null, Proxies.NONE, Set.of());

    public Exposure {
        origins = Set.copyOf(origins);
    }

    /// Whether a server may listen beyond its own machine.
    public boolean mayListenElsewhere() {
        return insecure || tls != null || !proxies.isEmpty();
    }

    /// Whether a connection from there may be. In the clear only a named proxy of another machine may speak.
    boolean lets(InetAddress peer) {
        return insecure || tls != null || peer.isLoopbackAddress() || proxies.holds(peer);
    }
}
