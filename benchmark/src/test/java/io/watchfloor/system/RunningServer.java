package io.watchfloor.system;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.server.ServerConfig;
import io.watchfloor.server.StartException;
import io.watchfloor.server.WatchfloorServer;
import io.watchfloor.server.http.ListenAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A server in this process, on a free port, with a PostgreSQL of its own. Thread-safe.
final class RunningServer implements AutoCloseable {

    /// The first administrator's.
    static final String PASSWORD = "a password made for tests";

    /// Another user, who can edit.
    static final String COLLEAGUE = "colleague";

    private final WatchfloorServer server;
    private final Path code;

    RunningServer(Path directory) throws StartException {
        this(directory, true);
    }

    /// One that wants second factors of administrators, as it does unless told otherwise.
    static RunningServer wantingSecondFactors(Path directory) throws StartException {
        return new RunningServer(directory, false);
    }

    private RunningServer(Path directory, boolean secondFactorOptional) throws StartException {
        code = directory.resolve("colleague-code");
        server = WatchfloorServer.start(new ServerConfig("test", PreparedDatabase.in(directory.resolve("data")),
                new ServerConfig.Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new ServerConfig.DatabaseChoice.Embedded(), null, Duration.ofDays(1),
                new ServerConfig.AtStart(PASSWORD, Map.of(COLLEAGUE, code), null, secondFactorOptional)));
    }

    URI address() {
        return server.address();
    }

    /// The file with a one-time code for [#COLLEAGUE].
    Path codeFile() {
        return code;
    }

    @Override
    public void close() {
        server.close();
    }
}
