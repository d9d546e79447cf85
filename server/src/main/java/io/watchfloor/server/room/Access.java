package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;

/// Tells what an account may do with a dashboard at this moment. It answers from memory. Thread-safe.
public interface Access {

    Right rightOf(String account, DashboardId dashboard);
}
