package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.ReplicaState.Decided;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes sessions into a room and gives each exactly what its replica lacks: the entries, or a whole snapshot. Confined to
/// its room's executor.
final class Joining {

    private final DashboardId dashboard;
    private final RoomLog log;
    private final LogFollower follower;
    private final RoomMembers members;
    private final RoomTicks ticks;
    private final RoomPresence presence;

    Joining(DashboardId dashboard, RoomLog log, LogFollower follower, RoomMembers members, RoomTicks ticks,
            RoomPresence presence) {
        this.dashboard = dashboard;
        this.log = log;
        this.follower = follower;
        this.members = members;
        this.ticks = ticks;
        this.presence = presence;
    }

    /// How far a replica has come that was in this room before, so that its return asks nothing of the store; null where
    /// it was not, or belongs to another account.
    @Nullable
    ReplicaState known(ReplicaId replica, String account) {
        Replicas.Known before = log.replicas().known(replica);
        return before == null || !before.account().equals(account)
                ? null
                : new ReplicaState(log.epoch(), before.number(), log.progress(before.number()).highWater(), List.of());
    }

    /// Takes a member in and gives it all that its replica lacks, what it pushed on another instance included.
    void join(Member member, ClientMessage.Join join, ReplicaState state) {
        log.replicas().joined(join.replica(), member.account(), state.number());
        long seen = log.epoch().equals(join.epoch()) ? join.revision() : 0;
        for (Decided decided : state.recent()) {
            seen = decided.answer() instanceof Answer.Accepted accepted ? Math.max(seen, accepted.revision()) : seen;
        }
        Runnable tryAgain = () -> Rooms.unreadable(member, dashboard);
        follower.whenAt(seen, () -> {
            try {
                enter(member, join, state);
            } catch (RuntimeException e) {
                tryAgain.run();
                throw e;
            }
        }, tryAgain);
    }

    private void enter(Member member, ClientMessage.Join join, ReplicaState state) {
        Right right = members.rightOf(member);
        if (right == Right.NONE) {
            member.deliver(new Frame(
                    new ServerMessage.NotJoined(dashboard, ErrorCode.NOT_FOUND, "There is no such dashboard.")));
            return;
        }
        members.noticeCopyReplaced(member, join, state.number(), log.head());
        long highWater = log.progress(state).highWater();
        member.deliver(log.since(join.epoch(), join.revision()).answer(new ServerMessage.Joined(dashboard,
                members.room(), right, log.epoch(), state.number(), highWater, List.of(), null, List.of())));
        members.add(member, state.number(), right);
        member.entered(dashboard, members.room(), ticks.ring(), ticks.ring().newest(), presence.sights());
        presence.people().entered(member);
    }
}
