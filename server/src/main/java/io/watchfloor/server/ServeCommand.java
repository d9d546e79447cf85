package io.watchfloor.server;

import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.Keeping;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.AccountRules;
import io.watchfloor.server.http.Exposure;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.http.Proxies;
import io.watchfloor.server.http.TlsFiles;
import io.watchfloor.server.limit.LimitSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Serves until the process is told to end. Confined to its thread.
@Command(name = "serve", description = "Serves until it is told to end (SIGTERM, Ctrl+C).", sortOptions = false, footer = {
        "", "The first administrator is \"admin\". The password is taken from WATCHFLOOR_ADMIN_PASSWORD, or made and",
        "written to a file that only you can read, whose path is told in the log."})
final class ServeCommand implements Callable<Integer> {

    private static final int MOST_DAYS = 3_650;
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.\\-\\[\\]:]+");

    private final Environment environment;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--listen", paramLabel = "HOST:PORT", converter = AddressConverter.class, description = "Listens there; 127.0.0.1:7470 without this option. Port 0 is any free one. WATCHFLOOR_LISTEN")
    private ListenAddress listen = new ListenAddress("127.0.0.1", 7470);

    @Option(names = "--metrics-listen", paramLabel = "HOST:PORT", converter = AddressConverter.class, description = "Serves /metrics and the health checks on this port too, without asking for a token. "
            + "WATCHFLOOR_METRICS_LISTEN")
    private @Nullable ListenAddress metricsListen;

    @Option(names = "--tls-certificate", paramLabel = "FILE", description = "Speaks TLS with this certificate: a chain in PEM with --tls-key beside it, or a PKCS #12 file whose "
            + "password is in WATCHFLOOR_TLS_PASSWORD. A new one is taken while it serves. "
            + "WATCHFLOOR_TLS_CERTIFICATE")
    private @Nullable Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's key, PKCS #8 in PEM. WATCHFLOOR_TLS_KEY")
    private @Nullable Path tlsKey;

    @Option(names = "--proxy", paramLabel = "ADDRESS", split = ",", description = "Takes the word of this proxy, or of those in a network like 10.0.0.0/8, on who its clients are. "
            + "May be given more than once. WATCHFLOOR_PROXY")
    private List<String> proxies = new ArrayList<>();

    @Option(names = "--origin", paramLabel = "ORIGIN", split = ",", description = "Lets pages of this origin, like https://wall.example.org, connect from browsers. May be given more "
            + "than once. WATCHFLOOR_ORIGIN")
    private List<String> origins = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "NAME=AMOUNT", split = ",", description = "Sets how often something may happen, or how many there may be; the manual lists the names. May be "
            + "given more than once. WATCHFLOOR_LIMIT")
    private Map<String, Long> limits = new LinkedHashMap<>();

    @Option(names = "--insecure-http", description = "Lets it listen beyond this machine without TLS. WATCHFLOOR_INSECURE_HTTP=true")
    private boolean insecureHttp;

    @Mixin
    private @Nullable StorageOptions storage;

    @Option(names = "--allow-unsafe-database", description = "Uses a database that may lose confirmed edits when its machine stops; for tests. "
            + "WATCHFLOOR_ALLOW_UNSAFE_DATABASE=true")
    private boolean allowUnsafe;

    @Option(names = "--redis-url", paramLabel = "URL", converter = RedisConverter.class, description = "Tells other instances of edits through this Redis, like redis://host:6379. "
            + "WATCHFLOOR_REDIS_URL")
    private @Nullable URI redis;

    @Option(names = "--instance", paramLabel = "NAME", description = "Tells this instance from others; the machine's name without this option. "
            + "WATCHFLOOR_INSTANCE")
    private @Nullable String instance;

    @Option(names = "--retention-days", paramLabel = "DAYS", description = "Keeps samples so long; 30 without this option. WATCHFLOOR_RETENTION_DAYS")
    private int retentionDays = 30;

    @Option(names = "--history-days", paramLabel = "DAYS", description = "Keeps who changed what so long; 400 without this option. Named versions stay. "
            + "WATCHFLOOR_HISTORY_DAYS")
    private int historyDays = 400;

    @Option(names = "--sign-in-code", paramLabel = "USER=FILE", description = "Writes a code into a new file that only you can read; it signs in as this user, once, within "
            + "ten minutes. With a database of its own the server makes the user as editor if need be. May be "
            + "given more than once. WATCHFLOOR_SIGN_IN_CODE")
    private Map<String, Path> signInCodes = new LinkedHashMap<>();

    @Option(names = "--second-factor-optional", description = "Asks nobody for a second factor who has none, whatever administrators have decided. Without this option "
            + "administrators have to have one. WATCHFLOOR_SECOND_FACTOR_OPTIONAL=true")
    private boolean secondFactorOptional;

    @Option(names = "--ready-file", paramLabel = "FILE", description = "Writes its address into this file when it serves. WATCHFLOOR_READY_FILE")
    private @Nullable Path readyFile;

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "text (as it is without this option) or json, one object to a line. WATCHFLOOR_LOG_FORMAT")
    private LogFormat logFormat = LogFormat.text;

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "error, warn, info (as it is without this option) or debug. WATCHFLOOR_LOG_LEVEL")
    private LogLevel logLevel = LogLevel.info;

    /// Names as they are written on the command line.
    enum LogFormat {
        text, json
    }

    /// Names as they are written on the command line.
    enum LogLevel {
        error, warn, info, debug
    }

    ServeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws StartException, InterruptedException {
        ServerConfig config = config();
        // read by logback.xml when the first logger is made, which is after this
        System.setProperty("watchfloor.log.format", logFormat.name());
        System.setProperty("watchfloor.log.level", logLevel.name());
        WatchfloorServer server = WatchfloorServer.start(config);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(server::close));
        new CountDownLatch(1).await();
        return 0;
    }

    ServerConfig config() {
        StorageOptions kept = java.util.Objects.requireNonNull(storage);
        check(retentionDays >= 1 && retentionDays <= MOST_DAYS, "--retention-days must be 1 to " + MOST_DAYS);
        check(historyDays >= 1 && historyDays <= MOST_DAYS, "--history-days must be 1 to " + MOST_DAYS);
        for (String name : signInCodes.keySet()) {
            String problem = AccountRules.problemOfName(name);
            check(problem == null, "The name \"" + name + "\" of --sign-in-code " + problem);
        }
        String password = environment.get(Environment.ADMIN_PASSWORD);
        String problem = password == null ? null : AccountRules.problemOfPassword(password);
        check(problem == null, "The password in " + Environment.ADMIN_PASSWORD + " " + problem);
        return new ServerConfig(instance == null ? HostName.ofThisMachine() : instance, kept.dataDir(),
                new Listening(listen, metricsListen, exposure(), limits()), kept.database(allowUnsafe), redis,
                new Keeping(Duration.ofDays(retentionDays), Duration.ofDays(historyDays)),
                new AtStart(password, signInCodes, readyFile, secondFactorOptional, kept.keyFile()));
    }

    private Exposure exposure() {
        String password = environment.get(Environment.TLS_PASSWORD);
        Path certificate = tlsCertificate;
        check(tlsKey == null || certificate != null, "--tls-key needs --tls-certificate beside it");
        for (String origin : origins) {
            check(ORIGIN.matcher(origin).matches(),
                    "\"" + origin + "\" of --origin is none; one looks like https://wall.example.org");
        }
        try {
            return new Exposure(insecureHttp,
                    certificate == null ? null : new TlsFiles(certificate, tlsKey, password), Proxies.of(proxies),
                    Set.copyOf(origins));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage() + " for --proxy");
        }
    }

    private LimitSettings limits() {
        try {
            return new LimitSettings(limits);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage() + " (--limit)");
        }
    }

    private void check(boolean right, String sentence) {
        if (!right) {
            throw wrong(sentence);
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), sentence);
    }

    /// Reads `HOST:PORT`.
    static final class AddressConverter implements ITypeConverter<ListenAddress> {

        @Override
        public ListenAddress convert(String value) {
            try {
                return ListenAddress.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /// Reads the address of a Redis.
    static final class RedisConverter implements ITypeConverter<URI> {

        @Override
        public URI convert(String value) {
            try {
                URI uri = new URI(value);
                if (uri.getHost() != null && ("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()))) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // told below, without the text, which may hold a password
            }
            throw new TypeConversionException("it must look like redis://host:6379, or rediss://host:6379 for TLS");
        }
    }
}
