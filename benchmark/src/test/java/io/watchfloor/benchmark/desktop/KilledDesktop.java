package io.watchfloor.benchmark.desktop;

import static org.awaitility.Awaitility.await;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.sync.ConnectionState;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// A desktop in a process of its own that edits without end, until it is killed. It says what it does, a line each.
/// Main thread only.
final class KilledDesktop {

    static final Bounds PLACE = new Bounds(3, 70, 5, 5);
    private static final int KEPT = 20;

    private KilledDesktop() {}

    /// @param args server, directory of the outbox, title of the dashboard, title of the widget that is edited
    public static void main(String[] args) {
        Desktop desktop = new Desktop(URI.create(args[0]), Path.of(args[1]), args[2]);
        until(() -> desktop.on(DashboardModel::joined));
        ElementId widget = desktop.widget(args[3]).id();
        becomeDurable(desktop);
        System.out.println("joined " + desktop.account.refreshToken());
        until(() -> !(desktop.on(_ -> desktop.connection().state()) instanceof ConnectionState.Online));
        desktop.on(model -> model.editor().place(widget, PLACE));
        for (int i = 0; i < 90_000; i++) {
            int length = i;
            desktop.on(model -> model.editor().type(widget, Properties.DESCRIPTION, Delta.insert(length, "x")));
            becomeDurable(desktop);
            if (i == KEPT) {
                System.out.println("kept");
            }
        }
    }

    /// What is asked of the outbox is answered after everything before it was written; when the second question is
    /// answered the first one's writing is on the disk.
    private static void becomeDurable(Desktop desktop) {
        DashboardId id = desktop.on(DashboardModel::id);
        desktop.outbox.copy(id).join();
        desktop.outbox.copy(id).join();
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }
}
