package io.watchfloor.server;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.KioskRow;
import io.watchfloor.server.auth.Kiosks;
import io.watchfloor.server.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes, lists and removes wall screens, whether the server runs or not. Confined to its thread.
@Command(name = "kiosk", description = "Makes, lists and removes wall screens; also while the server runs.", synopsisSubcommandLabel = "COMMAND")
final class KioskCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                "Missing the command: add, list, enrol-anew or remove");
    }

    @Command(name = "add", description = "Makes a wall screen, with a code that enrols one device within a day.", sortOptions = false)
    int add(@Parameters(paramLabel = "NAME", description = "Where it hangs.") String name,
            @Option(names = "--dashboard", paramLabel = "TITLE", required = true, description = "It shows the dashboard of this title or id, and no other. May be given more than once; the "
                    + "first is shown at its start.") List<String> dashboards,
            @Option(names = "--code-file", paramLabel = "FILE", required = true, description = "Is made, readable by you only, and holds the code.") Path file,
            @Mixin StorageOptions storage) throws StartException {
        String problem = Kiosks.problemOfName(name);
        if (problem != null) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                    "The name of a wall screen " + problem);
        }
        return withCode(storage, AuditAction.KIOSK_ADDED, name, file,
                "There is a wall screen called \"%s\" already.".formatted(name), store -> {
                    List<DashboardId> shown = new ArrayList<>();
                    for (String dashboard : dashboards) {
                        shown.add(store.dashboard(dashboard));
                    }
                    String tooMany = Kiosks.problemOfDashboards(shown);
                    if (tooMany != null) {
                        throw new StartException("A wall screen " + tooMany + ".");
                    }
                    return kiosks -> kiosks.make(name, shown, null);
                });
    }

    @Command(name = "enrol-anew", description = "Takes a wall screen from its device, with a code that enrols another within a day.", sortOptions = false)
    int enrolAnew(@Parameters(paramLabel = "NAME") String name,
            @Option(names = "--code-file", paramLabel = "FILE", required = true, description = "Is made, readable by you only, and holds the code.") Path file,
            @Mixin StorageOptions storage) throws StartException {
        return withCode(storage, AuditAction.KIOSK_CODE_MADE, name, file, unknown(name),
                _ -> kiosks -> kiosks.renewCode(name));
    }

    private interface Making {
        Function<Kiosks, @Nullable KioskCode> of(StoreAccess store) throws StartException;
    }

    private int withCode(StorageOptions storage, AuditAction action, String name, Path file, String otherwise,
            Making making) throws StartException {
        try (StoreAccess store = StoreAccess.open(storage)) {
            Function<Kiosks, @Nullable KioskCode> made = making.of(store);
            store.act(action, name, "", () -> {
                KioskCode code = made.apply(store.kiosks());
                if (code == null) {
                    throw new StartException(otherwise);
                }
                try {
                    store.accounts().writeSecret(code.code(), file);
                } catch (IOException e) {
                    throw new StartException("Cannot write the code to %s: %s.".formatted(file, Reason.of(e)), e);
                }
                return true;
            });
            out().println("The code is in " + file.toAbsolutePath());
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    @Command(name = "list", description = "Lists the wall screens.")
    int list(@Mixin StorageOptions storage) throws StartException {
        try (StoreAccess store = StoreAccess.open(storage)) {
            List<KioskRow> rows = store.kiosks().list();
            if (rows.isEmpty()) {
                out().println("There are no wall screens.");
            }
            for (KioskRow row : rows) {
                Long used = row.usedAt();
                out().printf("%-24s %-12s %s%n", row.name(), row.enrolled() ? "enrolled" : "not enrolled",
                        used == null ? "" : "last seen " + Instant.ofEpochMilli(used) + " from " + row.address());
            }
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    @Command(name = "remove", description = "Removes a wall screen; it goes dark within a second.")
    int remove(@Parameters(paramLabel = "NAME") String name, @Mixin StorageOptions storage) throws StartException {
        try (StoreAccess store = StoreAccess.open(storage)) {
            store.act(AuditAction.KIOSK_REMOVED, name, "", () -> {
                if (!store.kiosks().remove(name)) {
                    throw new StartException(unknown(name));
                }
                return true;
            });
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String unknown(String name) {
        return "There is no wall screen called \"%s\".".formatted(name);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
