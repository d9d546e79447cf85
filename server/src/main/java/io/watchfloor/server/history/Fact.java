package io.watchfloor.server.history;

import io.watchfloor.document.ElementId;

/// One thing that was done to one widget, or to the dashboard itself. Immutable.
///
/// @param element the widget or the dashboard
/// @param name of the widget, in quotes, or what kind it is: `'CPU'`, `a chart`
/// @param before what it was, where that is told
/// @param after what it has become, where that is told
record Fact(Deed deed, ElementId element, String name, String before, String after) {

    /// What makes two facts the same thing done again.
    record Key(Deed deed, ElementId element) {}

    Key key() {
        return new Key(deed, element);
    }

    /// This one and, later, the same thing again.
    Fact then(Fact later) {
        return new Fact(deed, element, deed == Deed.RENAMED ? name : later.name, before, later.after);
    }
}
