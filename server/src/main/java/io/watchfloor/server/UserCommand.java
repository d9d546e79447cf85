package io.watchfloor.server;

import io.watchfloor.protocol.Role;
import io.watchfloor.server.auth.AccountRules;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes and lists accounts, whether the server runs or not. Confined to its thread.
@Command(name = "user", description = "Makes and lists accounts; also while the server runs.", synopsisSubcommandLabel = "COMMAND")
final class UserCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Missing the command: add or list");
    }

    @Command(name = "add", description = "Makes an account with a random password, which must be changed at first sign-in.", sortOptions = false)
    int add(@Parameters(paramLabel = "NAME", description = "The name to sign in with.") String name,
            @Option(names = "--role", paramLabel = "ROLE", defaultValue = "editor", description = "viewer, editor (as it is without this option) or admin.") String role,
            @Option(names = "--password-file", paramLabel = "FILE", required = true, description = "Is made, readable by you only, and holds the password.") Path file,
            @Mixin StorageOptions storage) throws StartException {
        String problem = AccountRules.problemOfName(name);
        if (problem != null) {
            throw wrong("The name of an account " + problem);
        }
        Role given = role(role);
        try (StoreAccess store = StoreAccess.open(storage)) {
            if (!store.accounts().addWithPasswordFile(name, given, file)) {
                throw new StartException("There is an account called \"%s\" already.".formatted(name));
            }
            out().println("The password is in " + file.toAbsolutePath());
            return 0;
        } catch (IOException e) {
            throw new StartException("Cannot write the password to %s: %s.".formatted(file, Reason.of(e)), e);
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    @Command(name = "list", description = "Lists the accounts.")
    int list(@Mixin StorageOptions storage) throws StartException {
        try (StoreAccess store = StoreAccess.open(storage)) {
            for (Account account : store.accounts().list()) {
                out().printf("%-24s %-8s%s%n", account.name(), account.role().name().toLowerCase(Locale.ROOT),
                        account.disabled() ? "disabled" : "");
            }
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private Role role(String text) {
        for (Role role : Role.values()) {
            if (role.name().equalsIgnoreCase(text)) {
                return role;
            }
        }
        throw wrong("Invalid value for option '--role': '" + text + "' is none of viewer, editor, admin");
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), sentence);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
