package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sessions in a room: which replica each speaks for, and what it was last told of its right. Confined to its room's
/// executor.
final class RoomMembers {

    private static final Logger LOG = LoggerFactory.getLogger(RoomMembers.class);

    private final DashboardId dashboard;
    private final int room;
    private final RoomContext context;
    private final Map<Member, Seat> seats = new LinkedHashMap<>();
    private final Set<Member> all = Collections.unmodifiableSet(seats.keySet());

    /// @param replica its number
    /// @param told what the member was last told it may do
    record Seat(int replica, Right told) {}

    /// @param room its number
    RoomMembers(DashboardId dashboard, int room, RoomContext context) {
        this.dashboard = dashboard;
        this.room = room;
        this.context = context;
    }

    /// Number of the room.
    int room() {
        return room;
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }

    boolean contains(Member member) {
        return seats.containsKey(member);
    }

    /// All of them, as they are from now on.
    Set<Member> all() {
        return all;
    }

    /// All of them, as they are now.
    List<Member> now() {
        return List.copyOf(seats.keySet());
    }

    /// Those who speak for a replica: a second one for as long as a connection that is gone was not noticed.
    List<Member> of(int replica) {
        return seats.entrySet().stream().filter(each -> each.getValue().replica() == replica)
                .map(Map.Entry::getKey).toList();
    }

    /// The numbers of the replicas that somebody speaks for.
    Set<Integer> replicas() {
        return seats.values().stream().map(Seat::replica).collect(Collectors.toSet());
    }

    /// Null where it is no member.
    @Nullable
    Seat seatOf(Member member) {
        return seats.get(member);
    }

    /// Notices a member that is here already and begins from nothing again, under the same replica: its copy differed from
    /// the log, by their hashes, and it has thrown the copy away.
    void noticeCopyReplaced(Member member, ClientMessage.Join join, int replica, long head) {
        Seat seat = seats.get(member);
        if (seat != null && seat.replica() == replica && join.epoch() == null) {
            context.figures().copiesReplaced.increment();
            LOG.warn("Dashboard {}: the copy of a session of {} differed from the log at about revision {}, and is "
                    + "replaced.", dashboard, member.account(), head);
        }
    }

    /// What somebody may do now: only look while rights are not confirmed.
    Right rightOf(Member member) {
        Right right = context.access().rightOf(member.account(), dashboard);
        return context.access().confirmed() || right == Right.NONE ? right : Right.VIEW;
    }

    /// @param told right that it was told with its joining
    void add(Member member, int replica, Right told) {
        seats.put(member, new Seat(replica, told));
    }

    /// @return whether it was a member
    boolean remove(Member member) {
        return seats.remove(member) != null;
    }

    void clear() {
        seats.clear();
    }

    /// Tells a member what it may do, where that has changed since it was last told.
    ///
    /// @return what it may do
    Right tellRight(Member member) {
        Right right = rightOf(member);
        Seat seat = seats.get(member);
        if (seat != null && seat.told() != right) {
            seats.put(member, new Seat(seat.replica(), right));
            member.deliver(new Frame(new ServerMessage.Granted(room, right)));
        }
        return right;
    }

    void deliver(Frame frame) {
        seats.keySet().forEach(member -> member.deliver(frame));
    }

    /// Tells a member that a push of its was not taken, so that it has no answer.
    ///
    /// @param text says what to do
    void failed(Member member, ClientMessage.Push push, ErrorCode code, String text) {
        member.deliver(new Frame(new ServerMessage.Failed(code, room, null, "clientSeq", text, null,
                push.clientSeq())));
    }

    /// Tells somebody that he is no member.
    void notHere(Member stranger) {
        stranger.deliver(new Frame(new ServerMessage.Failed(ErrorCode.NOT_FOUND, room, null, "room",
                "This session is not in room " + room + ".")));
    }
}
