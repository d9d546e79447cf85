package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.Widget;
import io.watchfloor.client.widget.WidgetState;
import io.watchfloor.sample.SeriesKey;
import java.util.Collection;
import java.util.List;
import javafx.scene.layout.Region;

/// What a widget shows inside its frame, with the live data it needs for that. FX thread only.
interface WidgetBody extends AutoCloseable {

    Region region();

    /// Shows a widget of the same id and kind; follows other queries where they have changed.
    void show(Widget widget);

    /// @param millis how far back to look
    void range(long millis);

    /// Takes the newest data and draws it; cheap where nothing has changed.
    void redraw();

    /// @param now milliseconds since 1970 UTC, server time
    WidgetState state(long now);

    /// The series that its queries match.
    default Collection<SeriesKey> series() {
        return List.of();
    }

    /// Names of the columns that its data have, where it shows a table.
    default List<String> columns() {
        return List.of();
    }

    /// Begins what a widget of its kind is for once it is made, such as writing.
    default void begin() {}

    /// Follows nothing any more.
    @Override
    void close();
}
