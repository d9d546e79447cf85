package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.LongText;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.document.ElementId;
import java.awt.Desktop;
import java.io.IOException;
import java.net.URI;
import java.util.function.BooleanSupplier;

/// The long texts of an open dashboard. FX thread only, but for what its listeners are called on.
final class NoteTexts implements WidgetSources.Texts {

    private static final System.Logger LOG = System.getLogger(NoteTexts.class.getName());

    private final DashboardModel model;
    private final BooleanSupplier mayEdit;

    NoteTexts(DashboardModel model, BooleanSupplier mayEdit) {
        this.model = model;
        this.mayEdit = mayEdit;
    }

    @Override
    public LongText text(ElementId element, String property) {
        return model.longText(element, property);
    }

    @Override
    public boolean mayEdit() {
        return mayEdit.getAsBoolean();
    }

    @Override
    public Registration listen(Runnable listener) {
        return model.company().listen(listener);
    }

    /// On a thread of its own, for a browser may take seconds to start.
    @Override
    public void follow(URI link) {
        Thread.ofVirtual().start(() -> {
            try {
                boolean mail = "mailto".equalsIgnoreCase(link.getScheme());
                Desktop.Action action = mail ? Desktop.Action.MAIL : Desktop.Action.BROWSE;
                if (!Desktop.isDesktopSupported() || !Desktop.getDesktop().isSupported(action)) {
                    LOG.log(System.Logger.Level.WARNING, "this system opens no links: {0}", link);
                } else if (mail) {
                    Desktop.getDesktop().mail(link);
                } else {
                    Desktop.getDesktop().browse(link);
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "the link {0} cannot be opened: {1}", link, e.getMessage());
            }
        });
    }
}
