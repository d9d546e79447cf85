package io.watchfloor.server.store;

import io.watchfloor.document.DashboardId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The wall screens, and the one-time codes that bind them to a device. What they may look at is part of the
/// [RightsRecord]: changes of it raise its counter.
///
/// Each call is one transaction. Calls block; make them from a virtual thread. They fail with [StoreException]. Times
/// are milliseconds since 1970 UTC. Thread-safe.
public interface KioskStore {

    /// By name.
    List<Kiosk> kiosks();

    @Nullable
    Kiosk kiosk(String name);

    /// Makes one that no device is bound to yet.
    ///
    /// @param code binds one, until it expires
    /// @return false where there is one of this name already, however cased; nothing is changed then
    boolean add(Kiosk kiosk, TokenHash code, long expiresAt);

    /// Lets it be enrolled anew: the key that it is bound to is forgotten, and its generation raised.
    ///
    /// @return false where there is none
    boolean renewCode(String name, TokenHash code, long expiresAt);

    /// @return false where there is none
    boolean changeDashboards(String name, List<DashboardId> dashboards);

    /// Binds the one with this code to a key. The code is used up, however many use it at the same time.
    ///
    /// @return as it is now, or null where no code is like this, or it has expired
    @Nullable
    Kiosk enrol(TokenHash code, String publicKey, long now);

    /// Notes that the key was proved.
    ///
    /// @param challenge number of what was signed
    /// @return false where this challenge or a later one was used before, or the generation is another one
    boolean use(String name, int generation, long challenge, Kiosk.Used used);

    /// @return false where there is none
    boolean remove(String name);
}
