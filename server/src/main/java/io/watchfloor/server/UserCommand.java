package io.watchfloor.server;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.server.auth.AccountRules;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.AccountChange;
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
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                "Missing the command: add, list, disable, enable, role, reset-password, reset-2fa or sign-in-code");
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
            store.act(AuditAction.USER_ADDED, name, "as " + given, () -> {
                if (!added(store, name, given, file)) {
                    throw new StartException("There is an account called \"%s\" already.".formatted(name));
                }
                return true;
            });
            out().println("The password is in " + file.toAbsolutePath());
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean added(StoreAccess store, String name, Role role, Path file) throws StartException {
        try {
            return store.accounts().addWithPasswordFile(name, role, file);
        } catch (IOException e) {
            throw new StartException("Cannot write the password to %s: %s.".formatted(file, Reason.of(e)), e);
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

    @Command(name = "disable", description = "Keeps an account from signing in, and ends all its sign-ins.")
    int disable(@Parameters(paramLabel = "NAME") String name, @Mixin StorageOptions storage) throws StartException {
        return change(storage, name, AuditAction.USER_DISABLED, "",
                (store, found) -> store.accounts().changeDisabled(found, true));
    }

    @Command(name = "enable", description = "Lets an account sign in again.")
    int enable(@Parameters(paramLabel = "NAME") String name, @Mixin StorageOptions storage) throws StartException {
        return change(storage, name, AuditAction.USER_ENABLED, "",
                (store, found) -> store.accounts().changeDisabled(found, false));
    }

    @Command(name = "role", description = "Gives an account another role.")
    int changeRole(@Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "ROLE", description = "viewer, editor or admin.") String role,
            @Mixin StorageOptions storage) throws StartException {
        Role given = role(role);
        return change(storage, name, AuditAction.USER_ROLE_CHANGED, "to " + given,
                (store, found) -> store.accounts().changeRole(found, given));
    }

    @Command(name = "reset-2fa", description = "Takes the second factor of an account away, and ends all its sign-ins.")
    int resetFactor(@Parameters(paramLabel = "NAME") String name, @Mixin StorageOptions storage)
            throws StartException {
        return change(storage, name, AuditAction.USER_SECOND_FACTOR_RESET, "", (store, found) -> {
            store.secondFactors().remove(found);
            store.endSignIns(found);
            return AccountChange.DONE;
        });
    }

    @Command(name = "reset-password", description = "Gives an account a random password, which must be changed at the next sign-in.", sortOptions = false)
    int resetPassword(@Parameters(paramLabel = "NAME") String name,
            @Option(names = "--password-file", paramLabel = "FILE", required = true, description = "Is made, readable by you only, and holds the password.") Path file,
            @Mixin StorageOptions storage) throws StartException {
        return change(storage, name, AuditAction.USER_PASSWORD_RESET, "", (store, found) -> {
            try {
                store.accounts().resetPasswordIntoFile(found, file);
            } catch (IOException e) {
                throw new StartException("Cannot write the password to %s: %s.".formatted(file, Reason.of(e)), e);
            }
            out().println("The password is in " + file.toAbsolutePath());
            return AccountChange.DONE;
        });
    }

    @Command(name = "sign-in-code", description = "Writes a code that signs in to an account, once, within ten minutes.", sortOptions = false)
    int signInCode(@Parameters(paramLabel = "NAME") String name,
            @Option(names = "--file", paramLabel = "FILE", required = true, description = "Is made, readable by you only, and holds the code.") Path file,
            @Mixin StorageOptions storage) throws StartException {
        return change(storage, name, AuditAction.SIGN_IN_CODE_MADE, "", (store, found) -> {
            try {
                store.accounts().writeCode(Objects.requireNonNull(store.accounts().find(found)), file);
            } catch (IOException e) {
                throw new StartException("Cannot write the code to %s: %s.".formatted(file, Reason.of(e)), e);
            }
            return AccountChange.DONE;
        });
    }

    /// Something that is done to an account.
    private interface Change {
        AccountChange on(StoreAccess store, String name) throws StartException;
    }

    private static int change(StorageOptions storage, String name, AuditAction action, String detail, Change change)
            throws StartException {
        try (StoreAccess store = StoreAccess.open(storage)) {
            store.act(action, name, detail, () -> switch (outcome(store, name, change)) {
                case DONE -> true;
                case UNKNOWN -> throw new StartException("There is no account called \"%s\".".formatted(name));
                case LAST_ADMINISTRATOR -> throw new StartException(
                        "\"%s\" is the last administrator who can sign in; make another one first.".formatted(name));
            });
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static AccountChange outcome(StoreAccess store, String name, Change change) throws StartException {
        Account account = store.accounts().find(name);
        return account == null ? AccountChange.UNKNOWN : change.on(store, account.name());
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
