package io.watchfloor.server;

import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.protocol.rest.ServiceTokenRow;
import io.watchfloor.server.auth.ServiceTokens;
import io.watchfloor.server.store.StoreException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes, lists and revokes service tokens, whether the server runs or not. Confined to its thread.
@Command(name = "token", description = "Makes, lists and revokes the tokens that programs use; also while the server runs.", synopsisSubcommandLabel = "COMMAND")
final class TokenCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                "Missing the command: create, list or revoke");
    }

    @Command(name = "create", description = "Makes a token and prints its text, which is told only now.", sortOptions = false)
    int create(@Parameters(paramLabel = "NAME", description = "What the token is for.") String name,
            @Option(names = "--scope", paramLabel = "SCOPE", required = true, description = "ingest (writes samples), read (reads samples), or metrics (reads the server's own). May be given more "
                    + "than once.") List<String> scopes,
            @Option(names = "--days", paramLabel = "DAYS", defaultValue = ""
                    + ServiceTokens.DEFAULT_DAYS, description = "Lasts so long; ${DEFAULT-VALUE} without this option.") int days,
            @Mixin StorageOptions storage) throws StartException {
        Set<Scope> wanted = scopes.stream().map(this::scope).collect(Collectors.toUnmodifiableSet());
        String problem = ServiceTokens.problemOfName(name);
        check(problem == null, "The name of a token " + problem);
        check(days >= 1 && days <= ServiceTokens.MOST_DAYS, "--days must be 1 to " + ServiceTokens.MOST_DAYS);
        try (StoreAccess store = StoreAccess.open(storage)) {
            CreatedServiceToken created = store.act(AuditAction.SERVICE_TOKEN_CREATED, name, wanted.toString(), () -> {
                CreatedServiceToken made = store.serviceTokens().create(name, wanted, days, null);
                if (made == null) {
                    throw new StartException(
                            "There is a token called \"%s\" already; revoke it first, or choose another name."
                                    .formatted(name));
                }
                return made;
            });
            out().println(created.token());
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    @Command(name = "list", description = "Lists the tokens, without their texts.")
    int list(@Mixin StorageOptions storage) throws StartException {
        try (StoreAccess store = StoreAccess.open(storage)) {
            List<ServiceTokenRow> rows = store.serviceTokens().list();
            if (rows.isEmpty()) {
                out().println("There are no tokens.");
            }
            for (ServiceTokenRow row : rows) {
                String scopes = row.scopes().stream().map(scope -> scope.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(","));
                boolean expired = row.expiresAt() <= System.currentTimeMillis();
                out().printf("%-24s %-20s %s %s%n", row.name(), scopes, expired ? "expired" : "expires",
                        Instant.ofEpochMilli(row.expiresAt()).toString().substring(0, 10));
            }
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    @Command(name = "revoke", description = "Ends a token; a running server refuses it within a second.")
    int revoke(@Parameters(paramLabel = "NAME") String name, @Mixin StorageOptions storage) throws StartException {
        try (StoreAccess store = StoreAccess.open(storage)) {
            ServiceTokens tokens = store.serviceTokens();
            ServiceTokenRow row = tokens.list().stream().filter(each -> each.name().equals(name)).findFirst()
                    .orElseThrow(() -> new StartException("There is no token called \"%s\".".formatted(name)));
            store.act(AuditAction.SERVICE_TOKEN_REVOKED, name, "", () -> tokens.revoke(row.id()));
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private Scope scope(String text) {
        for (Scope scope : Scope.values()) {
            if (scope.name().equalsIgnoreCase(text)) {
                return scope;
            }
        }
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                "Invalid value for option '--scope': '" + text + "' is none of ingest, read, metrics");
    }

    private void check(boolean right, String sentence) {
        if (!right) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), sentence);
        }
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
