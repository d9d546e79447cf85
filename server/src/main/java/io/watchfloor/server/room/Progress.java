package io.watchfloor.server.room;

import io.watchfloor.server.store.Digest;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.ReplicaState.Decided;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How far a replica has come in a room: its decided pushes. Confined to its room's executor.
final class Progress {

    private static final int REMEMBERED = 64;

    private long highWater;
    private final TreeMap<Long, Decided> recent = new TreeMap<>();

    long highWater() {
        return highWater;
    }

    /// Takes what the store knows; it may be behind what the room knows.
    void merge(ReplicaState state) {
        highWater = Math.max(highWater, state.highWater());
        state.recent().forEach(decided -> recent.putIfAbsent(decided.clientSeq(), decided));
        trim();
    }

    /// @param digest null where the push was decided by another instance
    void decided(long clientSeq, @Nullable Digest digest, Answer answer) {
        highWater = Math.max(highWater, clientSeq);
        if (digest != null) {
            recent.put(clientSeq, new Decided(clientSeq, digest, answer));
            trim();
        }
    }

    private void trim() {
        while (recent.size() > REMEMBERED) {
            recent.pollFirstEntry();
        }
    }

    /// What was decided about a push, or null where it is too long ago, or another instance decided it.
    @Nullable
    Decided find(long clientSeq) {
        return recent.get(clientSeq);
    }
}
