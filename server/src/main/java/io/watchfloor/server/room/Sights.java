package io.watchfloor.server.room;

import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.ServerMessage.Sight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the people of a room show now, the latest of each, read by every session at its own pace. Whoever keeps up gets
/// the frame that all get; whoever was too slow gets, in one frame, the latest of everything that has changed since.
/// Thread-safe.
public final class Sights {

    private record Known(long version, Presence presence) {}

    private final int room;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private long version;
    private @Nullable Frame newest;
    /// The last frame made for a slow reader, and what it goes on from: there may be several as slow.
    private @Nullable Frame gathered;
    private long gatheredAfter = -1;

    Sights(int room) {
        this.room = room;
    }

    /// What a session lacks.
    ///
    /// @param frame null where it lacks nothing
    /// @param version to ask after next time
    public record Missing(@Nullable Frame frame, long version) {}

    synchronized void show(Collection<Sight> changed) {
        version++;
        changed.forEach(sight -> known.put(sight.session(), new Known(version, sight.presence())));
        newest = new Frame(new ServerMessage.Seen(room, List.copyOf(changed)));
        gathered = null;
    }

    /// Somebody has left.
    synchronized void forget(String session) {
        known.remove(session);
        gathered = null;
    }

    synchronized @Nullable Presence of(String session) {
        Known shown = known.get(session);
        return shown == null ? null : shown.presence();
    }

    /// What has changed since a version; 0 is before everything.
    public synchronized Missing after(long seen) {
        if (seen >= version) {
            return new Missing(null, version);
        }
        if (seen == version - 1) {
            return new Missing(newest, version);
        }
        if (gathered == null || gatheredAfter != seen) {
            List<Sight> sights = new ArrayList<>();
            known.forEach((session, shown) -> {
                if (shown.version() > seen) {
                    sights.add(new Sight(session, shown.presence()));
                }
            });
            if (sights.isEmpty()) {
                return new Missing(null, version);
            }
            gathered = new Frame(new ServerMessage.Seen(room, sights));
            gatheredAfter = seen;
        }
        return new Missing(gathered, version);
    }
}
