package io.watchfloor.server.http;

import java.net.InetAddress;
import java.util.List;
import org.eclipse.jetty.server.Request;

/// Tells requests that a program of this machine makes for itself from those that it passes on for somebody else. Stateless.
final class OwnMachine {

    /// What proxies add, or some of it.
    private static final List<String> FORWARDING = List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host",
            "X-Forwarded-Proto", "X-Real-IP");

    private OwnMachine() {}

    /// A proxy that nobody has named is known by the headers it adds, or by the name that its client asked for.
    static boolean sends(Request request) {
        return isLoopback(Request.getRemoteAddr(request))
                && FORWARDING.stream().noneMatch(request.getHeaders()::contains)
                && isThisMachine(Request.getServerName(request));
    }

    private static boolean isThisMachine(String name) {
        return name.equalsIgnoreCase("localhost") || isLoopback(name);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
