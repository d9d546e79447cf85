package io.watchfloor.server;

/// The version of this server. Stateless.
final class Version {

    private Version() {}

    /// As the jar tells; `development` where the classes do not come from the jar.
    static String ofThisServer() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
