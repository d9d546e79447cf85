package io.watchfloor.server.bus;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Samples;
import io.watchfloor.protocol.ServerMessage.NumberedSeries;
import io.watchfloor.protocol.ServerMessage.Person;
import io.watchfloor.protocol.ServerMessage.Sight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What instances tell each other. Immutable.
public sealed interface BusMessage {

    /// Entries that were committed, in order.
    ///
    /// @param epoch of the log that they are in
    record Committed(DashboardId dashboard, Epoch epoch, List<Entry> entries) implements BusMessage {}

    /// Samples that were stored, with the series they are of.
    record Written(List<NumberedSeries> series, Samples samples) implements BusMessage {}

    /// Accounts or grants have changed.
    record RightsChanged() implements BusMessage {}

    /// Who is in a dashboard's room on one instance, and what each shows; replaces what that instance said before.
    ///
    /// @param instance one run of it, never the same again
    /// @param number rises with each message about this room; a lower one came late
    record Present(String instance, DashboardId dashboard, long number, List<Guest> guests) implements BusMessage {}

    /// @param quiet milliseconds since something was last heard of him
    /// @param presence absent where he shows nothing
    record Guest(Person person, long quiet, @Nullable Presence presence) {}

    /// What people in a dashboard's room on one instance show now, where it has changed.
    record Shown(DashboardId dashboard, List<Sight> sights) implements BusMessage {}
}
