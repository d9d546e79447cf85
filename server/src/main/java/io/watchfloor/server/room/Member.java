package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.CloseCode;

/// A session as its rooms see it. Implementations are thread-safe and never block.
public interface Member {

    /// Names this connection.
    String session();

    /// Name of the account.
    String account();

    /// When something was last heard of it, by the instance's clock.
    long heardAt();

    /// Takes a message that must arrive, after all that it took before. Where it cannot keep up, it closes itself.
    void deliver(Frame frame);

    /// A room was joined: from now on its ticks after a position are read, when there is time for them, and what people
    /// show there.
    void entered(DashboardId dashboard, int room, TickRing ticks, long position, Sights sights);

    /// A room was left; its ticks and sights are no longer read.
    void left(int room);

    /// A room this member is in has new ticks or sights.
    void ticked();

    void close(CloseCode code, String text);
}
