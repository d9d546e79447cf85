package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Limits;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.store.Digest;
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.ReplicaState.Decided;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pushes that were decided before, here or on another instance, and come again: they get the answer they got then.
///
/// Confined to its room's executor.
final class Resends {

    private static final Logger LOG = LoggerFactory.getLogger(Resends.class);

    private final DashboardId dashboard;
    private final RoomLog log;
    private final RoomMembers members;
    private final LogFollower follower;
    private final RoomContext context;
    private final Runnable otherEpoch;
    /// Pushes in the order in which they came, by replicas whose decisions elsewhere are being asked for.
    private final Map<Integer, List<Runnable>> ahead = new HashMap<>();

    /// @param otherEpoch run where the store turns out to be in another epoch than the room
    Resends(DashboardId dashboard, RoomLog log, RoomMembers members, LogFollower follower, RoomContext context,
            Runnable otherEpoch) {
        this.dashboard = dashboard;
        this.log = log;
        this.members = members;
        this.follower = follower;
        this.context = context;
        this.otherEpoch = otherEpoch;
    }

    /// A member sends again what was decided. What became of a push from before the last 64 is no longer known; no client
    /// in its right mind asks.
    void again(Member member, int replica, ClientMessage.Push push, Digest digest) {
        boolean known = log.progress(replica).find(push.clientSeq()) != null;
        whenKnown(known ? Set.of() : Set.of(replica), List.of(member), () -> answer(member, replica, push, digest));
    }

    /// Pushes that waited turned out to be decided: who speaks for their replicas now gets that answer.
    void decidedBefore(List<GroupCommit.Waiting> pushes) {
        Set<Integer> unknown = pushes.stream()
                .filter(push -> log.progress(push.replica()).find(push.push().clientSeq()) == null)
                .map(GroupCommit.Waiting::replica).collect(Collectors.toSet());
        whenKnown(unknown, members.now(), () -> pushes.forEach(push -> members.of(push.replica())
                .forEach(member -> answer(member, push.replica(), push.push(), push.digest()))));
    }

    /// A push is ahead of what is known of its replica: others may have decided those before it, and a refusal is in no
    /// log. Asks the store, for all that come meanwhile together.
    ///
    /// @param then judges it anew; run after those of pushes that came before it
    void ahead(int replica, Runnable then) {
        List<Runnable> asking = ahead.get(replica);
        if (asking == null) {
            List<Runnable> waiting = new ArrayList<>(List.of(then));
            ahead.put(replica, waiting);
            whenKnown(Set.of(replica), members.of(replica), () -> waiting.forEach(Runnable::run),
                    () -> ahead.remove(replica));
        } else if (asking.size() < Limits.PUSHES_IN_FLIGHT) {
            asking.add(then);
        } else {
            then.run();
        }
    }

    /// Asks the store what other instances have decided about pushes of these replicas, where there are any.
    ///
    /// @param asking connect again where the store cannot be asked
    private void whenKnown(Set<Integer> replicas, List<Member> asking, Runnable then) {
        whenKnown(replicas, asking, then, () -> {});
    }

    /// @param answered run before anything else, whatever the answer
    private void whenKnown(Set<Integer> replicas, List<Member> asking, Runnable then, Runnable answered) {
        if (replicas.isEmpty()) {
            then.run();
            return;
        }
        context.store().replicas(dashboard, replicas)
                .whenComplete((states, fault) -> context.executor().execute(() -> {
                    answered.run();
                    if (states != null && !log.isOf(states)) {
                        otherEpoch.run();
                    } else if (states != null) {
                        states.values().forEach(log::progress);
                        then.run();
                    } else {
                        LOG.debug("Dashboard {}: replicas {} cannot be looked up.", dashboard, replicas, fault);
                        asking.forEach(Resends::unavailable);
                    }
                }));
    }

    private void answer(Member member, int replica, ClientMessage.Push push, Digest digest) {
        Decided decided = log.progress(replica).find(push.clientSeq());
        if (!members.contains(member)) {
            return;
        }
        if (decided == null || !decided.digest().equals(digest)) {
            reused(member, push);
            return;
        }
        switch (decided.answer()) {
            // an ack tells that the entry came, so it comes first
            case Answer.Accepted accepted -> follower.whenAt(accepted.revision(), () -> {
                if (accepted.revision() <= log.head()) {
                    member.deliver(new Frame(new ServerMessage.Acked(members.room(), push.clientSeq())));
                } else {
                    unavailable(member);
                }
            }, () -> {
                if (members.contains(member)) {
                    unavailable(member);
                }
            });
            case Answer.Refused refused -> member.deliver(new Frame(new ServerMessage.Rejected(members.room(),
                    push.clientSeq(), refused.code(), refused.field(), refused.text())));
        }
    }

    /// A number stands for one push for ever.
    void reused(Member member, ClientMessage.Push push) {
        members.failed(member, push, ErrorCode.SEQUENCE_REUSED, "Push " + push.clientSeq()
                + " was received before with other operations; this replica needs a new id.");
    }

    /// The member is to come again later, with what it has to say.
    static void unavailable(Member member) {
        member.close(CloseCode.UNAVAILABLE, "The database cannot be asked at present; connect again in a moment.");
    }
}
