package io.watchfloor.benchmark.desktop;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.server.ServerConfig;
import io.watchfloor.server.StartException;
import io.watchfloor.server.WatchfloorServer;
import io.watchfloor.server.http.ListenAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A whole server with a database of its own, in this process. Confined to the test's thread.
final class RunningServer implements AutoCloseable {

    static final String PASSWORD = "correct horse battery";

    private final Path dataDir;
    private WatchfloorServer server;
    private final int port;

    RunningServer(Path dataDir) throws StartException {
        this.dataDir = PreparedDatabase.in(dataDir);
        server = start(0);
        port = server.address().getPort();
    }

    private WatchfloorServer start(int onPort) throws StartException {
        return WatchfloorServer.start(new ServerConfig("one", dataDir,
                new ServerConfig.Listening(new ListenAddress("127.0.0.1", onPort), null, false),
                new ServerConfig.DatabaseChoice.Embedded(), null, Duration.ofDays(7),
                new ServerConfig.AtStart(PASSWORD, Map.of(), null)));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void stop() {
        server.close();
    }

    /// Starts it again where it was, with what it kept.
    void startAgain() throws StartException {
        server = start(port);
    }

    @Override
    public void close() {
        server.close();
    }
}
