package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.LongText;
import io.watchfloor.client.sync.LiveData;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.client.widget.RedrawPulse;
import io.watchfloor.document.ElementId;
import java.net.URI;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/// What the widgets of a dashboard need of the world around them.
///
/// @param now milliseconds since 1970 UTC, server time
/// @param zone of time axes
/// @param texts long texts of the dashboard
///
/// Immutable.
record WidgetSources(LiveData live, RedrawPulse pulse, LongSupplier now, ZoneId zone, Texts texts) {

    /// Where widgets get their long texts from.
    interface Texts {

        /// To be closed by whoever shows it.
        LongText text(ElementId element, String property);

        /// Whether the dashboard is being edited in this view.
        boolean mayEdit();

        /// The listener is called when colleagues may be somewhere else, on any thread.
        Registration listen(Runnable listener);

        /// Opens a link of a text.
        void follow(URI link);
    }
}
