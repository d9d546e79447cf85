package io.watchfloor.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Where a server listens. Immutable.
///
/// @param host name or address, without brackets
/// @param port 0 for any free one
public record ListenAddress(String host, int port) {

    /// Reads `HOST:PORT`; an IPv6 address stands in brackets.
    ///
    /// @throws IllegalArgumentException with a sentence that says what is wrong
    public static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            throw new IllegalArgumentException("\"" + text + "\": an IPv6 address stands in brackets, like [::1]:7470");
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not an address: give HOST:PORT, like 127.0.0.1:7470");
        }
        return new ListenAddress(host, port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String port) {
        try {
            int number = Integer.parseInt(port);
            if (number >= 0 && number <= 65_535) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw new IllegalArgumentException("\"" + text + "\": the port must be a number from 0 to 65535");
    }

    /// Whether only programs of this machine can reach it.
    ///
    /// @throws UnknownHostException where the host's name cannot be resolved
    public boolean isLoopback() throws UnknownHostException {
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (!address.isLoopbackAddress()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
