package io.watchfloor.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// The name of this machine. Stateless.
final class HostName {

    private HostName() {}

    /// Without the domain; `localhost` where the machine does not know its name.
    static String ofThisMachine() {
        String told = System.getenv("HOSTNAME");
        String name = told == null || told.isBlank() ? asked() : told;
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String asked() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
