package io.watchfloor.client.view.signin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/// Reads the address of a server as people write it. Stateless.
public final class ServerAddress {

    /// Where a server listens unless it is told otherwise.
    public static final URI USUAL = URI.create("http://127.0.0.1:7470");

    private static final Set<String> OWN_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private ServerAddress() {}

    /// The base address, without a slash at its end. `http` is taken where no scheme is given.
    ///
    /// @throws IllegalArgumentException with a sentence for people
    public static URI parse(String text) {
        String address = text.strip();
        if (!address.contains("://")) {
            address = "http://" + address;
        }
        while (address.endsWith("/")) {
            address = address.substring(0, address.length() - 1);
        }
        try {
            URI uri = new URI(address);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (bare && uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "'" + text.strip() + "' is not the address of a server. One looks like " + USUAL + ".");
    }

    /// Whether what is sent there could be read on the way.
    public static boolean isOpenToReaders(URI server) {
        return "http".equalsIgnoreCase(server.getScheme()) && !OWN_MACHINE.contains(server.getHost());
    }
}
