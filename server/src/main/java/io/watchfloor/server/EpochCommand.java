package io.watchfloor.server;

import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.server.store.StoreException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Tells the installation that its database was taken back, whether the server runs or not. Confined to its thread.
@Command(name = "epoch", description = "Begins a new epoch of all dashboards; also while the server runs.", synopsisSubcommandLabel = "COMMAND")
final class EpochCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Missing the command: new");
    }

    @Command(name = "new", description = "To be given after the database's files were copied back from a backup, which nothing in it shows. "
            + "A restore from a dump, or to a point in time, is noticed without it. Desktops then load all "
            + "dashboards anew and offer what the backup lacks; running servers notice within a second.", sortOptions = false)
    int begin(@Mixin StorageOptions storage) throws StartException {
        try (StoreAccess store = StoreAccess.open(storage)) {
            int dashboards = store.act(AuditAction.EPOCH_BEGUN, "all dashboards", "", store::renewEpochs);
            out().println(dashboards == 1
                    ? "1 dashboard begins a new epoch."
                    : dashboards + " dashboards begin a new epoch.");
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
