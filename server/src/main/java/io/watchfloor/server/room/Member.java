package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ServerMessage.Person;

/// A session as its rooms see it. Implementations are thread-safe and never block.
public interface Member {

    Person person();

    /// Name of the account.
    String account();

    /// Takes a message that must arrive, after all that it took before. Where it cannot keep up, it closes itself.
    void deliver(Frame frame);

    /// A room was joined: from now on its ticks after a position are read, when there is time for them.
    void entered(DashboardId dashboard, int room, TickRing ticks, long position);

    /// A room was left; its ticks are no longer read.
    void left(int room);

    /// A room this member is in has new ticks.
    void ticked();

    void close(CloseCode code, String text);
}
