package io.watchfloor.server.store;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import java.util.List;

/// A dashboard's title as its log has it, so that a list of dashboards need not read their documents: of all
/// assignments the one with the greatest stamp. Immutable.
///
/// @param title `""` where the value is no text
public record TitleInForce(String title, Stamp stamp) {

    /// A title that any assignment replaces.
    public static TitleInForce initial(String title) {
        return new TitleInForce(title, new Stamp(0, 0, 0));
    }

    /// The title after more entries of the log.
    public TitleInForce after(List<Entry> entries) {
        TitleInForce title = this;
        for (Entry entry : entries) {
            for (Operation operation : entry.operations()) {
                title = title.after(operation);
            }
        }
        return title;
    }

    private TitleInForce after(Operation operation) {
        return switch (operation) {
            case Assignment a when a.element().equals(ElementId.DASHBOARD) && a.property().equals(Properties.TITLE)
                    && a.stamp().compareTo(stamp) > 0 ->
                new TitleInForce(
                        a.value() instanceof Value.Str text ? text.value() : "", a.stamp());
            case Assignment _, TextEdit _ -> this;
        };
    }
}
