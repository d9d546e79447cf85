package io.watchfloor.server.bus;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.protocol.Samples;
import io.watchfloor.protocol.ServerMessage.NumberedSeries;
import io.watchfloor.protocol.ServerMessage.Person;
import java.util.List;

/// What instances tell each other. Immutable.
public sealed interface BusMessage {

    /// Entries that were committed, in order.
    record Committed(DashboardId dashboard, List<Entry> entries) implements BusMessage {}

    /// Samples that were stored, with the series they are of.
    record Written(List<NumberedSeries> series, Samples samples) implements BusMessage {}

    /// Accounts or grants have changed.
    record RightsChanged() implements BusMessage {}

    /// Who is in a dashboard's room on one instance; replaces what that instance said before.
    record Present(String instance, DashboardId dashboard, List<Person> people) implements BusMessage {}
}
